package io.tributary.loadtests.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Content, made short enough to keep for a million messages. */
public final class Digests {
  private static final int KEPT_BYTES = 12;

  private Digests() {}

  /** Of bytes as they are. */
  public static String of(byte[] content) {
    return HexFormat.of().formatHex(sha256().digest(content), 0, KEPT_BYTES);
  }

  /** Of readable text: line ends are all the same, and those at the end don't count. */
  public static String of(String text) {
    return of(text.replace("\r\n", "\n").stripTrailing().getBytes(StandardCharsets.UTF_8));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
