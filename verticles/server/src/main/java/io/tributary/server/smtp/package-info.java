/** SMTP's connections: sockets and event loops for the sessions of the channel. */
@NullMarked
package io.tributary.server.smtp;

import org.jspecify.annotations.NullMarked;
