package io.tributary.channels.live;

import io.tributary.codecs.message.Position;

/** Which of two positions. */
final class Positions {
  private Positions() {}

  static Position earlier(Position one, Position other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  static Position later(Position one, Position other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
