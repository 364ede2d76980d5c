package io.tributary.codecs.identity;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * 128 random bits drawn when a process starts and never persisted: one life of one writer.
 *
 * @param high first 64 bits
 * @param low last 64 bits
 */
public record Incarnation(long high, long low) {
  public static Incarnation draw(RandomGenerator random) {
    return new Incarnation(random.nextLong(), random.nextLong());
  }

  @Override
  public String toString() {
    return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
  }
}
