/** Tests. */
@NullMarked
package io.tributary.cli.shell;

import org.jspecify.annotations.NullMarked;
