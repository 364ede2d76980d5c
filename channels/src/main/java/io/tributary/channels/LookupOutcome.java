package io.tributary.channels;

import io.tributary.codecs.message.Recipient;

/** Whose an address is. */
public sealed interface LookupOutcome {

  record Known(Recipient recipient) implements LookupOutcome {}

  /** Nobody's, as read just now. */
  record Unknown() implements LookupOutcome {}

  /**
   * It can't be told now, or the mailbox's cell is known to be away.
   *
   * @param reason for logs and the sender: a few plain words without personal data
   */
  record Retry(String reason) implements LookupOutcome {}
}
