package io.tributary.storage;

import io.tributary.codecs.identity.Stamp;
import io.tributary.codecs.message.Bytes;

/**
 * An entry as it was first transmitted. Number, stamp and bytes never change after that, however
 * often it is offered: a late copy of the first attempt may still land.
 *
 * @param number from 1, dense
 * @param bytes what {@code EntryCodec} made, holding {@code stamp}; at most {@link #BYTES_MAX}
 */
public record FrozenEntry(LogId log, long number, Stamp stamp, Bytes bytes) {
  /** 1 MiB of mail, its text and what surrounds them. */
  public static final int BYTES_MAX = 1_310_720;

  public FrozenEntry {
    if (number < 1) {
      throw new IllegalArgumentException("entry number must be at least 1, was " + number);
    }
    if (bytes.isEmpty() || bytes.length() > BYTES_MAX) {
      throw new IllegalArgumentException(
          "an entry has 1 to " + BYTES_MAX + " bytes, not " + bytes.length());
    }
  }
}
