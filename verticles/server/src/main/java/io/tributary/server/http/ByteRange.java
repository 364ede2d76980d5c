package io.tributary.server.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A piece of a representation (RFC 9110 section 14).
 *
 * @param first index of its first byte
 * @param last index of its last byte, at least {@code first}
 */
public record ByteRange(int first, int last) {
  private static final Pattern SINGLE = Pattern.compile("(?i)bytes=[ \\t]*(\\d*)-(\\d*)[ \\t]*");
  private static final int DIGITS_MAX = 18;

  /** What a Range field asks for. */
  public sealed interface Asked {
    /** All of it: there is no such field, or one that may be ignored. */
    record Everything() implements Asked {}

    record Piece(ByteRange range) implements Asked {}

    /** Nothing of it is there: 416. */
    record Unsatisfiable() implements Asked {}
  }

  /**
   * What the field asks for of so many bytes. Several ranges, other units and what can't be read
   * are ignored, as section 14.2 allows.
   */
  public static Asked read(Optional<String> field, int length) {
    return field
        .map(SINGLE::matcher)
        .filter(Matcher::matches)
        .map(match -> asked(match.group(1), match.group(2), length))
        .orElseGet(Asked.Everything::new);
  }

  private static Asked asked(String first, String last, int length) {
    if (first.isEmpty() && last.isEmpty()
        || first.length() > DIGITS_MAX
        || last.length() > DIGITS_MAX) {
      return new Asked.Everything();
    }
    if (first.isEmpty()) {
      return suffix(Long.parseLong(last), length);
    }
    long from = Long.parseLong(first);
    long to = last.isEmpty() ? Long.MAX_VALUE : Long.parseLong(last);
    if (to < from) {
      return new Asked.Everything(); // not a range at all
    }
    return from >= length
        ? new Asked.Unsatisfiable()
        : new Asked.Piece(new ByteRange((int) from, (int) Math.min(to, length - 1L)));
  }

  private static Asked suffix(long wanted, int length) {
    return wanted == 0 || length == 0
        ? new Asked.Unsatisfiable()
        : new Asked.Piece(new ByteRange((int) Math.max(0, length - wanted), length - 1));
  }

  public int length() {
    return last - first + 1;
  }

  /** As a Content-Range field has it. */
  public String contentRange(int length) {
    return "bytes " + first + "-" + last + "/" + length;
  }
}
