package io.tributary.codecs.smtp;

import java.util.OptionalLong;

/** A command line, understood (RFC 5321 section 4.1). */
public sealed interface SmtpCommand {

  /**
   * EHLO or HELO.
   *
   * @param extended it was EHLO
   * @param client what the client calls itself; unproved, printable ASCII
   */
  record Hello(boolean extended, String client) implements SmtpCommand {}

  /**
   * MAIL FROM. BODY was 7BIT, 8BITMIME or not given: mail is stored as it comes in all three cases.
   *
   * @param sender the reverse-path's mailbox as it was written, without source route and angle
   *     brackets; empty for the null sender
   * @param sizeBytes what SIZE announced (RFC 1870)
   */
  record Mail(String sender, OptionalLong sizeBytes) implements SmtpCommand {}

  /**
   * RCPT TO.
   *
   * @param recipient the forward-path's mailbox, as above, or a bare {@code postmaster}
   */
  record Rcpt(String recipient) implements SmtpCommand {}

  record Data() implements SmtpCommand {}

  record Reset() implements SmtpCommand {}

  record Noop() implements SmtpCommand {}

  record Verify() implements SmtpCommand {}

  record Help() implements SmtpCommand {}

  record Quit() implements SmtpCommand {}

  /** Not SMTP at all but another protocol's request: whoever sends it should be cut off. */
  record Foreign() implements SmtpCommand {}

  /**
   * It can't be understood or is not offered.
   *
   * @param reply what to answer; it names the rule
   */
  record Wrong(SmtpReply reply) implements SmtpCommand {}
}
