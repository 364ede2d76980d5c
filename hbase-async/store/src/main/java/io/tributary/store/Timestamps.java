package io.tributary.store;

import io.tributary.storage.LogId;

/**
 * HBase timestamps of derived rows: which entry of which generation they are as of, so that HBase
 * itself lets the newest of two writers win.
 */
final class Timestamps {

  /** A log holds fewer entries than that, and there are fewer than 2^23 generations. */
  private static final int ENTRY_BITS = 40;

  private Timestamps() {}

  /**
   * @param entry 1 to 2^40-1
   */
  static long of(LogId log, long entry) {
    if (entry < 1 || entry >= 1L << ENTRY_BITS) {
      throw new IllegalArgumentException("entry must be 1 to 2^40-1, was " + entry);
    }
    return ((long) log.generation() << ENTRY_BITS) | entry;
  }

  /** The generation that a timestamp is of. */
  static int generation(long timestamp) {
    return (int) (timestamp >>> ENTRY_BITS);
  }

  static long entry(long timestamp) {
    return timestamp & ((1L << ENTRY_BITS) - 1);
  }
}
