package io.tributary.codecs.mail;

import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Tells one mail from another across repeated deliveries: what the envelope sender and the message
 * itself hash to. Headers that relays put on top on the way (Received and the like) are left out,
 * since a repetition may have come another way.
 *
 * <p>Key = first 16 bytes of SHA-256 of
 *
 * <pre>
 * | 0   | 8 | recipient's user id, big-endian                                              |
 * | 8   | 4 | bytes of the envelope sender, n, big-endian                                  |
 * | 12  | n | envelope sender, UTF-8                                                       |
 * | 12+n|32 | SHA-256 of the message from its first header that is not left out to its end |
 * </pre>
 */
public final class MailFingerprint {
  private static final int KEY_BYTES = 16;
  private static final Set<String> LEFT_OUT =
      Set.of(
          "received",
          "return-path",
          "delivered-to",
          "x-original-to",
          "authentication-results",
          "received-spf");

  private final byte[] sender;
  private final byte[] message;

  private MailFingerprint(String envelopeSender, byte[] message) {
    this.sender = envelopeSender.getBytes(StandardCharsets.UTF_8);
    this.message = message;
  }

  /**
   * Empty for a mail with neither Message-ID nor Date: two of those may be meant to be two. Never
   * throws; one pass over {@code raw}.
   */
  public static Optional<MailFingerprint> of(String envelopeSender, Bytes raw) {
    HeaderScan headers = new HeaderScan(raw.unsafeArray());
    int start = 0;
    boolean onTop = true;
    boolean hasIdentity = false;
    while (headers.next()) {
      String name = headers.name().toLowerCase(Locale.ROOT);
      onTop = onTop && (LEFT_OUT.contains(name) || name.startsWith("arc-"));
      start = onTop ? headers.end() : start;
      hasIdentity |= name.equals("message-id") || name.equals("date");
    }
    if (!hasIdentity) {
      return Optional.empty();
    }
    byte[] message = Sha256.of(raw.unsafeArray(), start, raw.length() - start);
    return Optional.of(new MailFingerprint(envelopeSender, message));
  }

  /** 16 bytes. */
  public Bytes keyFor(UserId recipient) {
    byte[] hashed =
        ByteBuffer.allocate(Long.BYTES + Integer.BYTES + sender.length + message.length)
            .putLong(recipient.value())
            .putInt(sender.length)
            .put(sender)
            .put(message)
            .array();
    return Bytes.ofOwned(Arrays.copyOf(Sha256.of(hashed, 0, hashed.length), KEY_BYTES));
  }
}
