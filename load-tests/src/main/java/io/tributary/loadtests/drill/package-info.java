/**
 * Drills: an installation of its own is put under load on all channels, something is done to its
 * processes, and at the end every acknowledged message must be found exactly once.
 */
@NullMarked
package io.tributary.loadtests.drill;

import org.jspecify.annotations.NullMarked;
