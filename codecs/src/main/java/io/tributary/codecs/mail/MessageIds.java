package io.tributary.codecs.mail;

import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.References;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Message identifiers (RFC 5322 section 3.6.4): what stands between angle brackets, blanks removed,
 * case kept.
 */
final class MessageIds {
  private static final int HASH_BYTES = 16;

  private MessageIds() {}

  /** The identifier of a Message-ID field; one without angle brackets is taken as a whole. */
  static Optional<String> own(String body) {
    return in(body).stream()
        .findFirst()
        .or(() -> Optional.of(body.strip()))
        .filter(id -> !id.isEmpty());
  }

  /** At most the first {@link References#PARENTS_MAX}, in order. */
  static List<String> in(String body) {
    List<String> ids = new ArrayList<>();
    int open = body.indexOf('<');
    while (open >= 0 && ids.size() < References.PARENTS_MAX) {
      int close = body.indexOf('>', open);
      if (close < 0) {
        break;
      }
      add(ids, body, open, close);
      open = body.indexOf('<', close);
    }
    return ids;
  }

  /** At most the last {@link References#PARENTS_MAX}, the last one first. */
  static List<String> lastFirst(String body) {
    List<String> ids = new ArrayList<>();
    int close = body.lastIndexOf('>');
    while (close > 0 && ids.size() < References.PARENTS_MAX) {
      int open = body.lastIndexOf('<', close);
      if (open < 0) {
        break;
      }
      add(ids, body, open, close);
      close = body.lastIndexOf('>', open);
    }
    return Collections.unmodifiableList(ids);
  }

  /** First 16 bytes of the SHA-256 of its UTF-8. */
  static Bytes hash(String id) {
    byte[] utf8 = id.getBytes(StandardCharsets.UTF_8);
    return Bytes.ofOwned(Arrays.copyOf(Sha256.of(utf8, 0, utf8.length), HASH_BYTES));
  }

  private static void add(List<String> ids, String body, int open, int close) {
    String id = body.substring(open + 1, close).replaceAll("\\s", "");
    if (!id.isEmpty()) {
      ids.add(id);
    }
  }
}
