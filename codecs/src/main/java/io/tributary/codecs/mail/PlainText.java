package io.tributary.codecs.mail;

import java.util.function.IntPredicate;

/**
 * Makes text fit to be shown and stored: no control characters (a terminal would obey them), no
 * halves of surrogate pairs (they have no UTF-8), lines ending with LF, and a bound.
 */
public final class PlainText {
  private PlainText() {}

  /** One line: every run of white space and controls is one space. */
  public static String line(String text, int charactersMax) {
    StringBuilder line = new StringBuilder();
    text.codePoints()
        .limit(4L * charactersMax)
        .map(c -> isControl(c) || Character.isWhitespace(c) ? ' ' : whole(c))
        .filter(c -> c != ' ' || (!line.isEmpty() && line.charAt(line.length() - 1) != ' '))
        .forEach(line::appendCodePoint);
    return cutCharacters(line.toString().stripTrailing(), charactersMax);
  }

  /** Several lines, cut to {@code utf8BytesMax} bytes of UTF-8 between two characters. */
  public static String lines(String text, int utf8BytesMax) {
    StringBuilder lines = new StringBuilder();
    int bytes = 0;
    int at = 0;
    while (at < text.length()) {
      int c = text.codePointAt(at);
      at += Character.charCount(c);
      if (c == '\r') {
        at += at < text.length() && text.charAt(at) == '\n' ? 1 : 0;
        c = '\n';
      }
      int kept = whole(c);
      if (isControl(kept) && kept != '\n' && kept != '\t') {
        continue;
      }
      bytes += utf8Bytes(kept);
      if (bytes > utf8BytesMax) {
        break;
      }
      lines.appendCodePoint(kept);
    }
    return lines.toString();
  }

  /** Only what {@code kept} accepts, at most so many. */
  static String only(String text, IntPredicate kept, int charactersMax) {
    StringBuilder some = new StringBuilder();
    text.chars().filter(kept).limit(charactersMax).forEach(c -> some.append((char) c));
    return some.toString();
  }

  private static String cutCharacters(String text, int charactersMax) {
    if (text.length() <= charactersMax) {
      return text;
    }
    boolean splits = Character.isHighSurrogate(text.charAt(charactersMax - 1));
    return text.substring(0, splits ? charactersMax - 1 : charactersMax);
  }

  private static boolean isControl(int c) {
    return Character.getType(c) == Character.CONTROL;
  }

  private static int whole(int c) {
    return Character.getType(c) == Character.SURROGATE ? 0xfffd : c;
  }

  private static int utf8Bytes(int c) {
    if (c < 0x80) {
      return 1;
    }
    if (c < 0x800) {
      return 2;
    }
    return c < 0x10000 ? 3 : 4;
  }
}
