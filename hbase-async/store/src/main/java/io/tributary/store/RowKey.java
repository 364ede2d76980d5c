package io.tributary.store;

import io.tributary.codecs.message.Bytes;

/**
 * Names a row.
 *
 * @param table with its namespace, as {@code cell:log}
 */
public record RowKey(String table, Bytes key) {

  /** HBase's own limit. */
  static final int KEY_BYTES_MAX = Short.MAX_VALUE;

  public RowKey {
    if (key.isEmpty() || key.length() > KEY_BYTES_MAX) {
      throw new IllegalArgumentException("a row key of %d bytes".formatted(key.length()));
    }
  }
}
