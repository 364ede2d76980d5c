package io.tributary.storage;

/** What became of an append. */
public sealed interface AppendResult {
  /** The entry stands in the log, durable, as offered. */
  record Appended() implements AppendResult {}

  /** Another writer's entry stands at that number. This one was not and will never be applied. */
  record SequenceTaken() implements AppendResult {}

  /**
   * Unknown: it may stand there now, or land later. Only offering the same frozen entry again
   * resolves it.
   *
   * @param reason for logs
   */
  record InDoubt(String reason) implements AppendResult {}

  /**
   * Certainly not applied by this call (earlier calls with the same entry may have been). Retry
   * later.
   *
   * @param reason for logs
   */
  record NotApplied(String reason) implements AppendResult {}
}
