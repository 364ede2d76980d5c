/**
 * A Gatling protocol for SMTP (RFC 5321) on Netty's codecs: one connection for each virtual user,
 * kept from mail to mail, and an action that sends one mail over it.
 */
@NullMarked
package io.tributary.loadtests.smtp;

import org.jspecify.annotations.NullMarked;
