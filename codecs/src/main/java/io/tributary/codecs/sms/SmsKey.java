package io.tributary.codecs.sms;

import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * Tells one SMS from another across repeated webhooks. Key = first 16 bytes of SHA-256 of
 *
 * <pre>
 * | 8 | recipient's user id, big-endian                                         |
 * |   | {@code sms}, provider, account, message id: each | 4 | bytes, n | n | UTF-8 | |
 * </pre>
 *
 * @param account its key in the configuration
 * @param messageId the provider's
 */
public record SmsKey(String provider, String account, String messageId) {
  private static final int KEY_BYTES = 16;

  /** 16 bytes. */
  public Bytes keyFor(UserId recipient) {
    byte[][] parts =
        Stream.of("sms", provider, account, messageId)
            .map(part -> part.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
    int bytes = Arrays.stream(parts).mapToInt(part -> Integer.BYTES + part.length).sum();
    ByteBuffer hashed = ByteBuffer.allocate(Long.BYTES + bytes).putLong(recipient.value());
    for (byte[] part : parts) {
      hashed.putInt(part.length).put(part);
    }
    return Bytes.ofOwned(Arrays.copyOf(Signatures.sha256(hashed.array()), KEY_BYTES));
  }
}
