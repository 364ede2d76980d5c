package io.tributary.codecs.address;

/**
 * What stands before the @ (RFC 5321 section 4.1.2): a dot-string or a quoted string. Written
 * unquoted wherever a dot-string can say it, else quoted with no needless backslash.
 */
final class LocalPart {
  private LocalPart() {}

  static String canonical(String written) {
    String meant = written.startsWith("\"") ? unquoted(written) : unquotedAtoms(written);
    String lowered = Ascii.lower(meant);
    return isDotString(lowered) ? lowered : quoted(lowered);
  }

  /**
   * Dots in places where the grammar has none ({@code a..b}) are taken as if quoted: some providers
   * gave out such addresses.
   */
  private static String unquotedAtoms(String written) {
    if (written.isEmpty()) {
      throw new InvalidAddressException("nothing stands before the @");
    }
    for (int i = 0; i < written.length(); i++) {
      if (written.charAt(i) != '.' && !isAtomText(written.charAt(i))) {
        throw new InvalidAddressException(
            "before the @ stand ASCII letters, digits and !#$%&'*+-/=?^_`{|}~. or a quoted string");
      }
    }
    return written;
  }

  private static String unquoted(String written) {
    int last = written.length() - 1;
    StringBuilder meant = new StringBuilder(written.length());
    int i = 1;
    while (i < last) {
      char c = written.charAt(i);
      if (c == '"') {
        throw notQuoted();
      }
      if (c == '\\') {
        i++;
      }
      // a backslash before the closing quote leaves the string open
      if (i == last || !isQuotable(written.charAt(i))) {
        throw notQuoted();
      }
      meant.append(written.charAt(i));
      i++;
    }
    if (last < 1 || written.charAt(last) != '"') {
      throw notQuoted();
    }
    return meant.toString();
  }

  private static String quoted(String meant) {
    StringBuilder written = new StringBuilder(meant.length() + 2).append('"');
    for (int i = 0; i < meant.length(); i++) {
      char c = meant.charAt(i);
      if (c == '"' || c == '\\') {
        written.append('\\');
      }
      written.append(c);
    }
    return written.append('"').toString();
  }

  private static boolean isDotString(String text) {
    return !text.isEmpty()
        && text.chars().allMatch(c -> c == '.' || isAtomText((char) c))
        && !text.startsWith(".")
        && !text.endsWith(".")
        && !text.contains("..");
  }

  /** atext, RFC 5322 section 3.2.3. */
  private static boolean isAtomText(char c) {
    return Ascii.isLetterOrDigit(c) || "!#$%&'*+-/=?^_`{|}~".indexOf(c) >= 0;
  }

  private static boolean isQuotable(char c) {
    return c >= ' ' && c <= '~';
  }

  private static InvalidAddressException notQuoted() {
    return new InvalidAddressException(
        "a quoted string is printable ASCII between two \", with \\ before \" and \\");
  }
}
