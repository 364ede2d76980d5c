/** The command line {@code tributary}: its root, and the commands that need no server. */
@NullMarked
package io.tributary.cli;

import org.jspecify.annotations.NullMarked;
