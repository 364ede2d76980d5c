package io.tributary.codecs.message;

import java.util.Optional;

/**
 * One message for one mailbox, on its way from a channel, or from the sender's mailbox, to the
 * mailbox's log.
 *
 * @param key idempotency key of a message from outside; without one a repetition is stored again (a
 *     duplicate is better than a loss)
 * @param origin of a copy of a message sent by a user here; it has no key
 * @param known filled in on the way, from the directory
 */
public record Delivery(
    Recipient recipient,
    Optional<Bytes> key,
    Optional<Origin> origin,
    Envelope envelope,
    Content content,
    KnownPeople known) {
  public static final int KEY_BYTES_MAX = 64;

  public Delivery {
    key.ifPresent(
        bytes -> {
          if (bytes.isEmpty() || bytes.length() > KEY_BYTES_MAX) {
            throw new IllegalArgumentException("a key has 1 to 64 bytes, not " + bytes.length());
          }
        });
    if (key.isPresent() && origin.isPresent()) {
      throw new IllegalArgumentException("a copy has no key");
    }
  }

  /** A message from outside, before anyone asked who its people are. */
  public Delivery(Recipient recipient, Optional<Bytes> key, Envelope envelope, Content content) {
    this(recipient, key, Optional.empty(), envelope, content, KnownPeople.NONE);
  }

  public Delivery to(Recipient other) {
    return new Delivery(other, key, origin, envelope, content, known);
  }

  public Delivery knowing(KnownPeople people) {
    return new Delivery(recipient, key, origin, envelope, content, people);
  }
}
