package io.tributary.codecs.sms;

import io.tributary.codecs.message.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Keyed hashes (RFC 2104), and how they are compared: in constant time. */
public final class Signatures {
  private Signatures() {}

  /** Which hash. */
  public enum Algorithm {
    HMAC_SHA1("HmacSHA1"),
    HMAC_SHA256("HmacSHA256");

    private final String name;

    Algorithm(String name) {
      this.name = name;
    }
  }

  /**
   * What somebody who knows the secret writes under these bytes.
   *
   * @param secret not empty; its UTF-8 is the key
   */
  public static byte[] sign(Algorithm algorithm, String secret, byte[] signed) {
    try {
      Mac mac = Mac.getInstance(algorithm.name);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm.name));
      return mac.doFinal(signed);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Takes the same time wherever they differ. */
  public static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  /** In lower case hexadecimal. */
  public static String sha256Hex(Bytes bytes) {
    return HexFormat.of().formatHex(sha256(bytes.unsafeArray()));
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
