package io.tributary.cli.chat;

import io.tributary.cli.shell.Plain;
import java.io.PrintStream;

/** What is shown: lines for people, or each frame as it came. */
final class ChatScreen {
  private final PrintStream out;
  private final boolean json;

  ChatScreen(PrintStream out, boolean json) {
    this.out = out;
    this.json = json;
  }

  /** For people. */
  void line(String text) {
    if (!json) {
      out.println(Plain.line(text));
    }
  }

  /** A frame as it came. */
  void frame(String text) {
    if (json) {
      out.println(text);
    }
  }
}
