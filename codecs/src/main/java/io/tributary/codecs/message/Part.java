package io.tributary.codecs.message;

/**
 * One part of a message beside its text.
 *
 * @param name file name, may be empty
 * @param contentType for example {@code image/png}
 * @param bytes decoded size, 0 if it is elsewhere
 * @param url where it is to be fetched; empty if the message holds it
 */
public record Part(String name, String contentType, long bytes, String url) {
  public Part {
    if (bytes < 0) {
      throw new IllegalArgumentException("part size must not be negative, was " + bytes);
    }
  }

  /** A part that the message holds. */
  public Part(String name, String contentType, long bytes) {
    this(name, contentType, bytes, "");
  }
}
