package io.tributary.codecs.identity;

import java.util.HexFormat;

/**
 * A user's (or group's) id: 63 random bits, never 0. It says nothing about the user; its hash
 * places the mailbox.
 *
 * @param value 1 to {@link Long#MAX_VALUE}
 */
public record UserId(long value) implements Comparable<UserId> {
  public UserId {
    if (value <= 0) {
      throw new IllegalArgumentException("user id must be 1 to 2^63-1, was " + value);
    }
  }

  /** The place on the hash circle: XXH64 of the id, big-endian, seed 0. Unsigned. */
  public long ringPosition() {
    return XxHash64.hash(value);
  }

  /** The hash bucket that is placed on a cell. */
  public Slot slot() {
    return new Slot(slotNumber());
  }

  /** The same as its number alone, 0 to 65,535, for lookups that allocate nothing. */
  public int slotNumber() {
    return (int) (ringPosition() >>> 48);
  }

  /** Reads the form that {@link #toString} writes. */
  public static UserId parse(String hex) {
    if (hex.length() != 16) {
      throw new IllegalArgumentException(
          "a user id has 16 hexadecimal digits, not " + hex.length());
    }
    return new UserId(HexFormat.fromHexDigitsToLong(hex));
  }

  @Override
  public int compareTo(UserId other) {
    return Long.compare(value, other.value);
  }

  /** 16 hexadecimal digits. */
  @Override
  public String toString() {
    return HexFormat.of().toHexDigits(value);
  }
}
