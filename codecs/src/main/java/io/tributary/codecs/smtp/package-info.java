/** SMTP's bytes (RFC 5321): frames out of the stream, commands out of lines, replies into bytes. */
@NullMarked
package io.tributary.codecs.smtp;

import org.jspecify.annotations.NullMarked;
