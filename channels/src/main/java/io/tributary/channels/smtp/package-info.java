/** SMTP in (RFC 5321): the session's state machine between a connection's frames and the ports. */
@NullMarked
package io.tributary.channels.smtp;

import org.jspecify.annotations.NullMarked;
