/** The data folder of {@code up}: where things lie in it, its format, its lock, its ready file. */
@NullMarked
package io.tributary.cli.data;

import org.jspecify.annotations.NullMarked;
