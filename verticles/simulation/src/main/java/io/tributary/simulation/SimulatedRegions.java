package io.tributary.simulation;

import io.tributary.codecs.message.Bytes;
import io.tributary.store.RegionName;
import io.tributary.store.RowKey;
import java.util.Collection;

/**
 * How a table is cut into regions, for a time. No name ever comes back.
 *
 * @param cut how often it was cut anew
 * @param count how many there are
 */
record SimulatedRegions(int cut, int count) {
  private static final int COUNT_MAX = 3;
  private static final int SLOTS = 1 << 16;

  static SimulatedRegions first(Chance chance) {
    return new SimulatedRegions(0, chance.between(1, COUNT_MAX));
  }

  /** After splits and merges. */
  SimulatedRegions next(Chance chance) {
    return new SimulatedRegions(cut + 1, chance.between(1, COUNT_MAX));
  }

  RegionName of(RowKey row) {
    return new RegionName(Bytes.ofUtf8(cut + "." + indexOf(row)));
  }

  boolean hold(Collection<RowKey> rows) {
    return rows.stream().mapToInt(this::indexOf).distinct().count() <= 1;
  }

  /** By the slot, with which a key begins. */
  private int indexOf(RowKey row) {
    byte[] key = row.key().unsafeArray();
    int slot = (key[0] & 0xff) << 8 | key[1] & 0xff;
    return slot * count / SLOTS;
  }
}
