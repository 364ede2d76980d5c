package io.tributary.mailbox;

import io.tributary.codecs.message.MessageId;

/** What became of a delivery. */
public sealed interface DeliverOutcome {

  /** It is in the log, durable. */
  record Stored(MessageId id, MessageId thread) implements DeliverOutcome {}

  /** A message with its key is in the log already, durable: this one. */
  record Duplicate(MessageId id, MessageId thread) implements DeliverOutcome {}

  /** The mailbox does not own the address it was resolved by. Nothing was stored. */
  record NotMine() implements DeliverOutcome {}

  /** There is no log of that user and generation here. Nothing was stored. */
  record NotHere() implements DeliverOutcome {}

  /**
   * It may or may not be stored, now or later: hand it in again.
   *
   * @param reason a few plain words without personal data
   */
  record Retry(String reason) implements DeliverOutcome {}
}
