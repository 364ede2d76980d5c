package io.tributary.codecs.message;

/**
 * A place in a mailbox's log, as clients see it ({@code seq}): entry × 256 + index.
 *
 * @param value at least 0; 0 is before the first action
 */
public record Position(long value) implements Comparable<Position> {
  public static final int ACTIONS_PER_ENTRY_MAX = 256;
  public static final Position START = new Position(0);

  public Position {
    if (value < 0) {
      throw new IllegalArgumentException("position must not be negative, was " + value);
    }
  }

  public static Position of(long entry, int index) {
    if (index < 0 || index >= ACTIONS_PER_ENTRY_MAX) {
      throw new IllegalArgumentException("action index must be 0 to 255, was " + index);
    }
    return new Position(entry * ACTIONS_PER_ENTRY_MAX + index);
  }

  public long entry() {
    return value / ACTIONS_PER_ENTRY_MAX;
  }

  public int index() {
    return (int) (value % ACTIONS_PER_ENTRY_MAX);
  }

  @Override
  public int compareTo(Position other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
