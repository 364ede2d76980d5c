/** Tests. */
@NullMarked
package io.tributary.cli.api;

import org.jspecify.annotations.NullMarked;
