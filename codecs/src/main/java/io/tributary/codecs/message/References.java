package io.tributary.codecs.message;

import java.util.List;
import java.util.Optional;

/**
 * Hashes (first 16 bytes of SHA-256) of the message identifiers of RFC 5322 section 3.6.4, by which
 * replies find their thread.
 *
 * @param own Message-ID
 * @param parents In-Reply-To and References, nearest first, at most 100
 */
public record References(Optional<Bytes> own, List<Bytes> parents) {
  public static final References NONE = new References(Optional.empty(), List.of());
  public static final int PARENTS_MAX = 100;

  public References {
    parents = List.copyOf(parents);
    if (parents.size() > PARENTS_MAX) {
      throw new IllegalArgumentException(
          "at most " + PARENTS_MAX + " parents, were " + parents.size());
    }
  }
}
