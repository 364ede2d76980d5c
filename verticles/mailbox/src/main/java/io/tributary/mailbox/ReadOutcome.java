package io.tributary.mailbox;

/** What a read gave. */
public sealed interface ReadOutcome<T> {

  record Found<T>(T value) implements ReadOutcome<T> {}

  /** The mailbox is here, but not the message or thread that was named. */
  record NoSuch<T>() implements ReadOutcome<T> {}

  /** There is no log of that user and generation here. */
  record NotHere<T>() implements ReadOutcome<T> {}

  /** The page token is none of this user's for this call. */
  record BadPageToken<T>() implements ReadOutcome<T> {}

  /**
   * It can't be read now.
   *
   * @param reason a few plain words without personal data
   */
  record Retry<T>(String reason) implements ReadOutcome<T> {}
}
