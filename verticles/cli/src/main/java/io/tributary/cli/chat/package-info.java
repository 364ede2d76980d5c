/** {@code chat}: a small client of the chat protocol for a terminal, or for a script. */
@NullMarked
package io.tributary.cli.chat;

import org.jspecify.annotations.NullMarked;
