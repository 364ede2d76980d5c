/** The frames of the chat protocol {@code tributary.v1}, as values and as JSON text. */
@NullMarked
package io.tributary.codecs.chat;

import org.jspecify.annotations.NullMarked;
