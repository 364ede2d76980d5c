package io.tributary.codecs.message;

import java.util.List;
import java.util.Optional;

/**
 * What a message says.
 *
 * @param subject decoded, may be empty, at most 1,000 characters
 * @param text readable text, at most 64 KiB of UTF-8
 * @param raw the message as it came in, byte for byte; empty if the channel has no raw form
 * @param references reply headers for threading
 * @param sms of an SMS
 */
public record Content(
    String subject,
    String text,
    List<Part> parts,
    Bytes raw,
    References references,
    Optional<SmsFacts> sms) {
  public static final int TEXT_BYTES_MAX = 64 * 1024;
  public static final int SUBJECT_CHARACTERS_MAX = 1_000;

  public Content {
    parts = List.copyOf(parts);
    if (subject.length() > SUBJECT_CHARACTERS_MAX) {
      throw new IllegalArgumentException("subject has " + subject.length() + " characters");
    }
  }

  /** Of anything but an SMS. */
  public Content(String subject, String text, List<Part> parts, Bytes raw, References references) {
    this(subject, text, parts, raw, references, Optional.empty());
  }

  /** Text alone, as chats have it. */
  public static Content ofText(String subject, String text) {
    return new Content(subject, text, List.of(), Bytes.EMPTY, References.NONE);
  }
}
