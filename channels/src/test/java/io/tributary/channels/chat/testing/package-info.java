/** Chat sessions on virtual time, with ports that do as the test says. */
@NullMarked
package io.tributary.channels.chat.testing;

import org.jspecify.annotations.NullMarked;
