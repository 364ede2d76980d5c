package io.tributary.discovery.directory;

import io.tributary.codecs.message.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 of texts in UTF-8. */
final class Sha256 {
  private Sha256() {}

  static Bytes of(String text) {
    try {
      return Bytes.ofOwned(
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
