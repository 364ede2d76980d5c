/** From an address to its mailbox, wherever that is served: lookup, location, credits, bus. */
@NullMarked
package io.tributary.server.router;

import org.jspecify.annotations.NullMarked;
