package io.tributary.codecs.identity;

/**
 * Proof of who wrote a row: a writer's incarnation and its own count. No two writes ever carry the
 * same stamp, so reading back one's own stamp proves that a write with an unknown outcome was
 * applied.
 *
 * @param incarnation the writer's life
 * @param counter from 1, rising with each write of that life
 */
public record Stamp(Incarnation incarnation, long counter) {
  public Stamp {
    if (counter < 1) {
      throw new IllegalArgumentException("stamp counter must be at least 1, was " + counter);
    }
  }
}
