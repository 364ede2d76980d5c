package io.tributary.codecs.message;

import java.util.List;

/**
 * What a message says.
 *
 * @param subject decoded, may be empty, at most 1,000 characters
 * @param text readable text, at most 64 KiB of UTF-8
 * @param raw the message as it came in, byte for byte; empty if the channel has no raw form
 * @param references reply headers for threading
 */
public record Content(
    String subject, String text, List<Part> parts, Bytes raw, References references) {
  public static final int TEXT_BYTES_MAX = 64 * 1024;
  public static final int SUBJECT_CHARACTERS_MAX = 1_000;

  public Content {
    parts = List.copyOf(parts);
    if (subject.length() > SUBJECT_CHARACTERS_MAX) {
      throw new IllegalArgumentException("subject has " + subject.length() + " characters");
    }
  }
}
