/** Chat's connections: WebSockets for the sessions of the channel. */
@NullMarked
package io.tributary.server.chat;

import org.jspecify.annotations.NullMarked;
