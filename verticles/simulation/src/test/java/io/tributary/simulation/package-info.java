/** Runs the simulator, and tests it with planted bugs. */
@NullMarked
package io.tributary.simulation;

import org.jspecify.annotations.NullMarked;
