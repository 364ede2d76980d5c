/** Tests of entries and their bytes. */
@NullMarked
package io.tributary.codecs.log;

import org.jspecify.annotations.NullMarked;
