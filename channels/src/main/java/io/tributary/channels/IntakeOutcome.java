package io.tributary.channels;

/** What became of a delivery. */
public sealed interface IntakeOutcome {

  /** It is in the log. */
  record Stored() implements IntakeOutcome {}

  /** A message with its key is in the log already. */
  record Duplicate() implements IntakeOutcome {}

  /**
   * It may or may not be stored: hand it in again later.
   *
   * @param reason for logs and the sender: a few plain words without personal data
   */
  record Retry(String reason) implements IntakeOutcome {}

  /** The mailbox does not own the address it was resolved by: look it up again later. */
  record NotMine() implements IntakeOutcome {}
}
