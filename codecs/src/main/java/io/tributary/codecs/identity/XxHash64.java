package io.tributary.codecs.identity;

/**
 * XXH64 with seed 0 of exactly eight bytes, without allocation: the lookups on the main path hash
 * nothing longer. Specification: the xxHash fast digest algorithm, XXH64, version 0.1.1.
 */
public final class XxHash64 {
  private static final long PRIME_1 = 0x9E3779B185EBCA87L;
  private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
  private static final long PRIME_3 = 0x165667B19E3779F9L;
  private static final long PRIME_4 = 0x85EBCA77C2B2AE63L;
  private static final long PRIME_5 = 0x27D4EB2F165667C5L;

  private XxHash64() {}

  /** The hash of {@code value} written big-endian. */
  public static long hash(long value) {
    long lane = Long.reverseBytes(value); // XXH64 reads little-endian
    long acc = PRIME_5 + Long.BYTES;
    acc ^= Long.rotateLeft(lane * PRIME_2, 31) * PRIME_1;
    acc = Long.rotateLeft(acc, 27) * PRIME_1 + PRIME_4;
    acc ^= acc >>> 33;
    acc *= PRIME_2;
    acc ^= acc >>> 29;
    acc *= PRIME_3;
    return acc ^ (acc >>> 32);
  }
}
