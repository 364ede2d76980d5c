/** What was committed, told to the sessions of this node: one feed for each event loop. */
@NullMarked
package io.tributary.server.live;

import org.jspecify.annotations.NullMarked;
