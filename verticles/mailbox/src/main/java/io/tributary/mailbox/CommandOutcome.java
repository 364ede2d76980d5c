package io.tributary.mailbox;

import io.tributary.codecs.message.Position;

/** What became of a command. */
public sealed interface CommandOutcome {

  /**
   * It is in the log.
   *
   * @param position of its action; the mailbox's head if nothing had to change
   * @param repeated whether it was there before
   */
  record Done(Position position, boolean repeated) implements CommandOutcome {}

  /** The key was used for something else. */
  record IdReused() implements CommandOutcome {}

  /**
   * What it is about is not in this mailbox.
   *
   * @param what for the caller: {@code thread}, {@code message}, {@code contact}, {@code change}
   */
  record NoSuch(String what) implements CommandOutcome {}

  /**
   * It breaks a rule.
   *
   * @param reason for the caller
   */
  record Invalid(String reason) implements CommandOutcome {}

  /** No such mailbox here: the account is to be read again. */
  record NotHere() implements CommandOutcome {}

  /**
   * It may or may not be stored: ask again, with the same key.
   *
   * @param reason for the caller and logs
   */
  record Retry(String reason) implements CommandOutcome {}
}
