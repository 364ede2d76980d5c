/** Tests. */
@NullMarked
package io.tributary.cli.chat;

import org.jspecify.annotations.NullMarked;
