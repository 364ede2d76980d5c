package io.tributary.codecs.message;

import java.util.Optional;

/**
 * One message for one mailbox, on its way from a channel to the mailbox's log.
 *
 * @param key idempotency key; without one a repetition is stored again (a duplicate is better than
 *     a loss)
 */
public record Delivery(
    Recipient recipient, Optional<Bytes> key, Envelope envelope, Content content) {
  public static final int KEY_BYTES_MAX = 64;

  public Delivery {
    key.ifPresent(
        bytes -> {
          if (bytes.isEmpty() || bytes.length() > KEY_BYTES_MAX) {
            throw new IllegalArgumentException("a key has 1 to 64 bytes, not " + bytes.length());
          }
        });
  }
}
