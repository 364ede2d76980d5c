package io.tributary.storage;

import io.tributary.codecs.message.Bytes;

/**
 * The state of a mailbox as of one entry of its log. It can always be made anew from the log.
 *
 * @param entry the last entry that it covers, at least 1
 * @param content what it says; storage doesn't read it; at most {@link #BYTES_MAX}
 */
public record Snapshot(LogId log, long entry, Bytes content) {
  public static final int BYTES_MAX = 32 * 1024 * 1024;

  public Snapshot {
    if (entry < 1) {
      throw new IllegalArgumentException("a snapshot covers at least entry 1, not " + entry);
    }
    if (content.isEmpty() || content.length() > BYTES_MAX) {
      throw new IllegalArgumentException(
          "a snapshot has 1 to " + BYTES_MAX + " bytes, not " + content.length());
    }
  }
}
