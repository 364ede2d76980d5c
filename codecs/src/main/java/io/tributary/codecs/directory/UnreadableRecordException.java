package io.tributary.codecs.directory;

/** A directory row is damaged, or was written by a newer version. The message holds no content. */
public final class UnreadableRecordException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public UnreadableRecordException(String message) {
    super(message);
  }
}
