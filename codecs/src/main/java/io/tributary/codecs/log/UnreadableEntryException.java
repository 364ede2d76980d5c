package io.tributary.codecs.log;

/**
 * Bytes of a log that this version can't turn into an entry. The mailbox is unavailable here until
 * someone looks: nothing in a log is ever skipped. The message holds no content.
 */
public final class UnreadableEntryException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final Kind kind;

  UnreadableEntryException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  UnreadableEntryException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  static UnreadableEntryException corrupt(String message) {
    return new UnreadableEntryException(Kind.CORRUPT, message);
  }

  static UnreadableEntryException unknown(String message) {
    return new UnreadableEntryException(Kind.UNKNOWN_ACTION, message);
  }

  public Kind kind() {
    return kind;
  }

  /** What is wrong. */
  public enum Kind {
    /** Damaged: too short, wrong checksum, not the promised form. */
    CORRUPT,
    /** Written by a newer version: a format, an action or a value that this version lacks. */
    UNKNOWN_ACTION
  }
}
