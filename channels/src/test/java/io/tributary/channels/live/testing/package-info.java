/** A user's mailbox and its live feed on virtual time. */
@NullMarked
package io.tributary.channels.live.testing;

import org.jspecify.annotations.NullMarked;
