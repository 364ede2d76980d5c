package io.tributary.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;

/** A value that must not be seen: it prints as {@code [secret]}, and compares in constant time. */
public final class Secret {
  private static final int BYTES_MAX = 4_096;

  private final String value;

  private Secret(String value) {
    this.value = value;
  }

  public static Secret of(String value) {
    return new Secret(value);
  }

  /**
   * The file's text without surrounding white space.
   *
   * @param key names the file in the configuration, for the problem
   * @throws ConfigException if it can't be read, or holds nothing, more than 4096 bytes or not
   *     UTF-8
   */
  public static Secret read(String key, Path file) {
    try {
      String text = Files.size(file) > BYTES_MAX ? "" : Files.readString(file).strip();
      if (!text.isEmpty()) {
        return new Secret(text);
      }
      throw refused(key, file, "a file of 1 to " + BYTES_MAX + " bytes");
    } catch (CharacterCodingException unreadable) {
      throw refused(key, file, "a text file in UTF-8");
    } catch (IOException unreadable) {
      throw refused(key, file, "a file that this process can read");
    }
  }

  private static ConfigException refused(String key, Path file, String allowed) {
    return new ConfigException(List.of(new Problem(key, file.toString(), allowed)));
  }

  /** The value itself: only for handing it to what needs it. */
  public String reveal() {
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret
        && MessageDigest.isEqual(bytes(value), bytes(secret.value));
  }

  @Override
  public int hashCode() {
    return 0;
  }

  @Override
  public String toString() {
    return "[secret]";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
