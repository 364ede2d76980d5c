package io.tributary.codecs.json;

/** Text is no JSON, or not of the shape that was asked for. The message says what and where. */
public final class UnreadableJsonException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnreadableJsonException(String message) {
    super(message, null, false, false);
  }
}
