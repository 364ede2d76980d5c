package io.tributary.store;

/**
 * Whether HBase answered the last probe.
 *
 * @param reason why not; empty if it did
 */
public record HBaseHealth(boolean answering, String reason) {

  static final HBaseHealth GOOD = new HBaseHealth(true, "");

  static HBaseHealth bad(String reason) {
    return new HBaseHealth(false, reason);
  }
}
