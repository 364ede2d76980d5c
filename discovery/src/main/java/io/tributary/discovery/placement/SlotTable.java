package io.tributary.discovery.placement;

import io.tributary.codecs.identity.Slot;
import io.tributary.codecs.message.Bytes;
import java.util.Arrays;

/**
 * Slot to cell, for all 65,536 slots. As bytes: one unsigned big-endian 16-bit cell number per
 * slot, in the order of slots, 128 KiB in all. Immutable; a lookup allocates nothing.
 */
public final class SlotTable {
  public static final int BYTES = Slot.COUNT * Short.BYTES;

  private final long version;
  private final short[] cells;

  private SlotTable(long version, short[] cells) {
    this.version = version;
    this.cells = cells;
  }

  /** All slots on one cell. */
  public static SlotTable allOn(int cell, long version) {
    short[] cells = new short[Slot.COUNT];
    Arrays.fill(cells, (short) cell);
    return new SlotTable(version, cells);
  }

  /**
   * Reads the form that {@link #toBytes} writes.
   *
   * @throws IllegalArgumentException if it has another length
   */
  public static SlotTable ofBytes(Bytes bytes, long version) {
    throw new IllegalArgumentException("not built yet");
  }

  /** The written form. */
  public Bytes toBytes() {
    return Bytes.EMPTY;
  }

  /** Version of the slot table's znode. */
  public long version() {
    return version;
  }

  /** Number of the cell the slot lies on. */
  public int cellOf(Slot slot) {
    return Short.toUnsignedInt(cells[slot.number()]);
  }
}
