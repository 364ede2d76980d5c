package io.tributary.server.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * A strong entity tag (RFC 9110 section 8.8.3): equal tags mean equal bytes.
 *
 * @param value without its quotes; no quotes inside
 */
public record EntityTag(String value) {
  private static final int HASH_BYTES = 15;

  /** Of a text, by its hash. */
  public static EntityTag of(String body) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
      return new EntityTag(Base64.getUrlEncoder().encodeToString(Arrays.copyOf(hash, HASH_BYTES)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * Whether an If-None-Match field names it, so that the caller has the bytes already. Compares
   * weakly, as section 13.1.2 has it.
   */
  public boolean isNamedBy(Optional<String> ifNoneMatch) {
    return ifNoneMatch
        .map(String::strip)
        .filter(field -> field.equals("*") || names(field))
        .isPresent();
  }

  private boolean names(String field) {
    return Arrays.stream(field.split(","))
        .map(String::strip)
        .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
        .anyMatch(toString()::equals);
  }

  /** Whether a range may be taken of this very representation (section 13.1.5): by default yes. */
  public boolean allowsRange(Optional<String> ifRange) {
    return ifRange.map(String::strip).map(toString()::equals).orElse(true);
  }

  /** With its quotes. */
  @Override
  public String toString() {
    return '"' + value + '"';
  }
}
