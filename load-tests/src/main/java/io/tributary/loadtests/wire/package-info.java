/**
 * Light clients for measuring: bytes and frames over Netty, so that a client that shares the
 * machine with the server takes little of it. They check what an answer says, not how it is made.
 */
@NullMarked
package io.tributary.loadtests.wire;

import org.jspecify.annotations.NullMarked;
