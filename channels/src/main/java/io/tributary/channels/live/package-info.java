/** A user's mailbox as one sequence of events without gaps, for whoever keeps a session open. */
@NullMarked
package io.tributary.channels.live;

import org.jspecify.annotations.NullMarked;
