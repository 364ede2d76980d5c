package io.tributary.codecs.smtp;

/** Ends the reading of a command line; never leaves this package. */
final class WrongCommandException extends RuntimeException {
  private final transient SmtpReply reply;

  WrongCommandException(SmtpReply reply) {
    super(reply.toString(), null, false, false);
    this.reply = reply;
  }

  SmtpReply reply() {
    return reply;
  }
}
