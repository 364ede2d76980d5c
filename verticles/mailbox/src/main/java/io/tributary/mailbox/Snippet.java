package io.tributary.mailbox;

import io.tributary.codecs.log.MessagePayload;

/** What a listing of threads shows of a message. */
final class Snippet {
  private static final int CHARACTERS_MAX = 160;

  private Snippet() {}

  /** The beginning of the text on one line. */
  static String of(MessagePayload payload) {
    String text = payload.text();
    StringBuilder snippet = new StringBuilder();
    int i = 0;
    while (i < text.length() && snippet.length() < CHARACTERS_MAX) {
      int character = text.codePointAt(i);
      i += Character.charCount(character);
      boolean blank = Character.isWhitespace(character) || Character.isISOControl(character);
      if (!blank) {
        snippet.appendCodePoint(character);
      } else if (!snippet.isEmpty() && snippet.charAt(snippet.length() - 1) != ' ') {
        snippet.append(' ');
      }
    }
    return snippet.toString().strip();
  }
}
