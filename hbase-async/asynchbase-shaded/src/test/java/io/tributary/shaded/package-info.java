/** Checks of the packaged jar. */
@NullMarked
package io.tributary.shaded;

import org.jspecify.annotations.NullMarked;
