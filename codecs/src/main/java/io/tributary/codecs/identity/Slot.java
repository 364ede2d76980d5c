package io.tributary.codecs.identity;

/**
 * One of 65,536 hash buckets of users: the top 16 bits of XXH64(user id, big-endian, seed 0). Slots
 * are what is placed on cells and moved between them.
 *
 * @param number 0 to 65,535
 */
public record Slot(int number) implements Comparable<Slot> {
  public static final int COUNT = 1 << 16;

  public Slot {
    if (number < 0 || number >= COUNT) {
      throw new IllegalArgumentException("slot must be 0 to 65535, was " + number);
    }
  }

  @Override
  public int compareTo(Slot other) {
    return Integer.compare(number, other.number);
  }

  @Override
  public String toString() {
    return Integer.toString(number);
  }
}
