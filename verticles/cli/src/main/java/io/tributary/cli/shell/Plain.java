package io.tributary.cli.shell;

/**
 * Text from elsewhere made harmless for a terminal: no control characters (they could move the
 * cursor, rename the window, paste), no characters that turn the direction of writing.
 */
public final class Plain {
  private Plain() {}

  /** One line; what is taken out leaves a space or '?'. */
  public static String line(String text) {
    return text.replaceAll("\\s+", " ").replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]", "?");
  }

  /** Several lines: line ends and tabs stay. */
  public static String text(String text) {
    return text.replace("\r\n", "\n")
        .replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}&&[^\n\t]]", "?");
  }

  /** One line of at most so many characters, with an ellipsis if cut. */
  public static String cut(String text, int charactersMax) {
    String line = line(text);
    int characters = line.codePointCount(0, line.length());
    return characters <= charactersMax
        ? line
        : line.substring(0, line.offsetByCodePoints(0, charactersMax - 1)) + "…";
  }
}
