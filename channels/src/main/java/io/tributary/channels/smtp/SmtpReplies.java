package io.tributary.channels.smtp;

import io.tributary.codecs.smtp.SmtpReply;

/** What a session answers: the one table from outcomes to RFC 5321 codes and RFC 3463 statuses. */
final class SmtpReplies {
  static final SmtpReply OK = SmtpReply.of(250, "2.0.0", "ok");
  static final SmtpReply SENDER_OK = SmtpReply.of(250, "2.1.0", "sender ok");
  static final SmtpReply RECIPIENT_OK = SmtpReply.of(250, "2.1.5", "recipient ok");
  static final SmtpReply SEND_DATA = SmtpReply.plain(354, "send the mail, end with <CRLF>.<CRLF>");
  static final SmtpReply BYE = SmtpReply.of(221, "2.0.0", "bye");
  static final SmtpReply NOT_VERIFIED =
      SmtpReply.of(252, "2.0.0", "not told here; mail for an unknown user is refused at RCPT");
  static final SmtpReply HELP =
      SmtpReply.of(214, "2.0.0", "EHLO HELO MAIL RCPT DATA RSET NOOP VRFY HELP QUIT (RFC 5321)");

  static final SmtpReply HELLO_FIRST = SmtpReply.of(503, "5.5.1", "send EHLO or HELO first");
  static final SmtpReply MAIL_FIRST = SmtpReply.of(503, "5.5.1", "send MAIL first");
  static final SmtpReply MAIL_TWICE =
      SmtpReply.of(503, "5.5.1", "a mail is under way; RSET drops it");
  static final SmtpReply NO_RECIPIENT = SmtpReply.of(554, "5.5.1", "no recipient was accepted");

  static final SmtpReply UNKNOWN_USER = SmtpReply.of(550, "5.1.1", "no such user here");
  static final SmtpReply RELAY =
      SmtpReply.of(550, "5.7.1", "no relay: this server takes mail for its own domains only");
  static final SmtpReply POSTMASTER_MISSING =
      SmtpReply.of(451, "4.3.5", "the postmaster's mailbox is not set up, try again later");

  static final SmtpReply NO_ROOM =
      SmtpReply.of(452, "4.3.1", "too much mail is on its way in, try again later");
  static final SmtpReply FLAWED =
      SmtpReply.of(554, "5.6.0", "the mail has a bare CR, a bare LF or a NUL; lines end with CRLF");
  static final SmtpReply STALE_ADDRESS =
      SmtpReply.of(451, "4.3.0", "a recipient's address has just moved, try again later");

  static final SmtpReply TOO_MANY_CONNECTIONS =
      SmtpReply.of(421, "4.3.2", "too many connections, try again later");
  static final SmtpReply SHUTTING_DOWN =
      SmtpReply.of(421, "4.3.2", "this server stops, try again later");
  static final SmtpReply IDLE = SmtpReply.of(421, "4.4.2", "idle for too long");
  static final SmtpReply TOO_SLOW = SmtpReply.of(421, "4.4.2", "no mail was sent for too long");
  static final SmtpReply TOO_MANY_ERRORS = SmtpReply.of(421, "4.7.0", "too many errors");
  static final SmtpReply FOREIGN = SmtpReply.of(421, "4.7.0", "this is SMTP");
  static final SmtpReply BROKEN = SmtpReply.of(421, "4.3.0", "an error of ours, try again later");

  private SmtpReplies() {}

  static SmtpReply greeting(String hostname) {
    return SmtpReply.plain(220, hostname + " ESMTP Tributary");
  }

  static SmtpReply hello(SmtpSettings settings, boolean extended) {
    return extended
        ? SmtpReply.plain(
            250,
            settings.hostname(),
            "PIPELINING",
            "SIZE " + settings.limits().messageBytesMax(),
            "8BITMIME",
            "ENHANCEDSTATUSCODES")
        : SmtpReply.plain(250, settings.hostname());
  }

  static SmtpReply lineTooLong(int octetsMax) {
    return SmtpReply.of(500, "5.5.2", "line too long: at most " + octetsMax + " octets");
  }

  static SmtpReply badRecipient(String rule) {
    return SmtpReply.of(553, "5.1.3", rule);
  }

  static SmtpReply tooManyRecipients(int max) {
    return SmtpReply.of(452, "4.5.3", "at most " + max + " recipients in one mail");
  }

  static SmtpReply tooBig(int bytesMax) {
    return SmtpReply.of(552, "5.3.4", "too big: at most " + bytesMax + " bytes");
  }

  static SmtpReply lookupFailed(String reason) {
    return SmtpReply.of(451, "4.3.0", "can't look up this recipient now, try again: " + reason);
  }

  static SmtpReply notStored(String reason) {
    return SmtpReply.of(451, "4.3.0", "not stored, try again: " + reason);
  }

  static SmtpReply stored(boolean anew) {
    return SmtpReply.of(250, "2.0.0", anew ? "stored" : "stored before");
  }

  static SmtpReply traced(SmtpReply reply, String trace) {
    return reply.with(" (trace " + trace + ")");
  }
}
