/**
 * A node from its configuration to its end: what is started after what, and stopped before what.
 */
@NullMarked
package io.tributary.server.node;

import org.jspecify.annotations.NullMarked;
