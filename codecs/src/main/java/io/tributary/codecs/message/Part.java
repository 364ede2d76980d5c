package io.tributary.codecs.message;

/**
 * One part of a message beside its text.
 *
 * @param name file name, may be empty
 * @param contentType for example {@code image/png}
 * @param bytes decoded size
 */
public record Part(String name, String contentType, long bytes) {
  public Part {
    if (bytes < 0) {
      throw new IllegalArgumentException("part size must not be negative, was " + bytes);
    }
  }
}
