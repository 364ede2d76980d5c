/** The operations face: is the node alive, is it ready and if not why, and its metrics. */
@NullMarked
package io.tributary.server.ops;

import org.jspecify.annotations.NullMarked;
