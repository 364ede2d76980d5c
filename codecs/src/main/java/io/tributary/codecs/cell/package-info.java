/** Messages as the processes of an installation tell them to each other. */
@NullMarked
package io.tributary.codecs.cell;

import org.jspecify.annotations.NullMarked;
