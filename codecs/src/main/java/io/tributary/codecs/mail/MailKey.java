package io.tributary.codecs.mail;

import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.Bytes;
import java.util.Optional;

/** The idempotency key of a mail for one mailbox: a repeated delivery gives the same one. */
public final class MailKey {
  private MailKey() {}

  /**
   * 16 bytes; empty for a mail with neither Message-ID nor Date. For several mailboxes {@link
   * MailFingerprint} hashes the message once only.
   *
   * @param envelopeSender RFC 5321 reverse-path; empty for the null sender
   */
  public static Optional<Bytes> of(UserId recipient, String envelopeSender, Bytes raw) {
    return MailFingerprint.of(envelopeSender, raw).map(print -> print.keyFor(recipient));
  }
}
