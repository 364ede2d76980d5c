package io.tributary.cli.chat;

/** What a chat waits for. */
sealed interface ChatEvent {

  /** A line was typed. */
  record Line(String text) implements ChatEvent {}

  /** Nothing more will be typed. */
  record EndOfInput() implements ChatEvent {}

  /**
   * A frame came.
   *
   * @param connection which one; older ones are of no interest
   */
  record Frame(int connection, String text) implements ChatEvent {}

  /** A connection ended. */
  record Closed(int connection, String why) implements ChatEvent {}
}
