/** Tests. */
@NullMarked
package io.tributary.cli;

import org.jspecify.annotations.NullMarked;
