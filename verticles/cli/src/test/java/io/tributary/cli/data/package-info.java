/** Tests. */
@NullMarked
package io.tributary.cli.data;

import org.jspecify.annotations.NullMarked;
