package io.tributary.codecs.mail;

import io.tributary.codecs.message.Content;
import java.util.Set;

/**
 * What a reader would see of an HTML body, roughly: tags and what is never shown are left out,
 * blocks begin lines, white space is collapsed, character references are resolved. No sanitizer:
 * the result is text and must be shown as text. One pass; each search that fails ends it.
 */
final class HtmlText {
  private static final Set<String> UNSEEN =
      Set.of("script", "style", "head", "title", "template", "noscript");
  private static final Set<String> BLOCKS =
      Set.of(
          "address",
          "article",
          "blockquote",
          "body",
          "br",
          "center",
          "dd",
          "div",
          "dl",
          "dt",
          "footer",
          "form",
          "h1",
          "h2",
          "h3",
          "h4",
          "h5",
          "h6",
          "header",
          "hr",
          "li",
          "ol",
          "p",
          "pre",
          "section",
          "table",
          "tr",
          "ul");

  private final String html;
  private final String lower;
  private final StringBuilder text = new StringBuilder();
  private int at;

  private HtmlText(String html) {
    this.html = html;
    this.lower = asciiLower(html);
  }

  static String of(String html) {
    return new HtmlText(html).read();
  }

  private String read() {
    while (at < html.length() && text.length() <= Content.TEXT_BYTES_MAX) {
      char c = html.charAt(at);
      if (c == '<') {
        markup();
      } else if (c == '&') {
        at = HtmlEntities.append(html, at, this::character);
      } else {
        character(c);
        at++;
      }
    }
    return text.toString().strip();
  }

  private void markup() {
    if (html.startsWith("<!--", at)) {
      skipPast("-->");
      return;
    }
    char next = at + 1 < html.length() ? html.charAt(at + 1) : ' ';
    if (!Character.isLetter(next) && "/!?".indexOf(next) < 0) {
      character('<');
      at++;
      return;
    }
    String name = tagName();
    boolean opens = next != '/';
    skipPast(">");
    if (opens && UNSEEN.contains(name)) {
      skipPast("</" + name);
      skipPast(">");
    } else if (BLOCKS.contains(name)) {
      newLine();
    } else if (name.equals("td") || name.equals("th")) {
      character(' ');
    }
  }

  private String tagName() {
    int start = html.charAt(at + 1) == '/' ? at + 2 : at + 1;
    int end = start;
    while (end < lower.length() && end - start <= 10 && isNameCharacter(lower.charAt(end))) {
      end++;
    }
    return lower.substring(Math.min(start, end), end);
  }

  private void skipPast(String mark) {
    int found = lower.indexOf(mark, at);
    at = found < 0 ? html.length() : found + mark.length();
  }

  private void character(int c) {
    if (c != ' ' && c != 0xa0 && !Character.isWhitespace(c)) {
      text.appendCodePoint(c);
    } else if (!text.isEmpty() && !Character.isWhitespace(text.charAt(text.length() - 1))) {
      text.append(' ');
    }
  }

  /** At most one empty line between two lines. */
  private void newLine() {
    int length = text.length();
    if (length > 0 && text.charAt(length - 1) == ' ') {
      text.setLength(--length);
    }
    if (length > 0 && !(length > 1 && text.charAt(length - 2) == '\n')) {
      text.append('\n');
    }
  }

  private static boolean isNameCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  }

  /** As long as what it is made of, unlike {@link String#toLowerCase}. */
  private static String asciiLower(String text) {
    char[] lower = text.toCharArray();
    for (int i = 0; i < lower.length; i++) {
      if (lower[i] >= 'A' && lower[i] <= 'Z') {
        lower[i] += 'a' - 'A';
      }
    }
    return new String(lower);
  }
}
