/** Chat: sessions of the protocol {@code tributary.v1}, without sockets. */
@NullMarked
package io.tributary.channels.chat;

import org.jspecify.annotations.NullMarked;
