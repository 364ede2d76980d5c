/** The ports through which every channel hands messages in and finds their recipients. */
@NullMarked
package io.tributary.channels;

import org.jspecify.annotations.NullMarked;
