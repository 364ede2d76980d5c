package io.tributary.discovery.placement;

import io.tributary.codecs.identity.Slot;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.Bytes;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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

  /**
   * All slots on one cell.
   *
   * @param cell its number, 0 to 65,535
   */
  public static SlotTable allOn(int cell, long version) {
    short[] cells = new short[Slot.COUNT];
    Arrays.fill(cells, unsigned(cell));
    return new SlotTable(version, cells);
  }

  /**
   * Each cell's part of the slots follows its weight. Neighbouring slots lie on different cells, so
   * that each cell's users spread over the whole range of row keys.
   *
   * @throws IllegalArgumentException if no cell has a weight
   */
  public static SlotTable spread(List<Cell> cells, long version) {
    long total = cells.stream().mapToLong(Cell::weight).sum();
    if (total == 0) {
      throw new IllegalArgumentException("no cell has a weight above 0");
    }
    short[] table = new short[Slot.COUNT];
    long[] owed = new long[cells.size()];
    for (int slot = 0; slot < table.length; slot++) {
      int most = 0;
      for (int i = 0; i < owed.length; i++) {
        owed[i] += cells.get(i).weight();
        most = owed[i] > owed[most] ? i : most;
      }
      owed[most] -= total;
      table[slot] = unsigned(cells.get(most).number());
    }
    return new SlotTable(version, table);
  }

  /**
   * Reads the form that {@link #toBytes} writes.
   *
   * @throws IllegalArgumentException if it has another length
   */
  public static SlotTable ofBytes(Bytes bytes, long version) {
    if (bytes.length() != BYTES) {
      throw new IllegalArgumentException(
          "a slot table has " + BYTES + " bytes, not " + bytes.length());
    }
    short[] cells = new short[Slot.COUNT];
    ByteBuffer.wrap(bytes.unsafeArray()).asShortBuffer().get(cells);
    return new SlotTable(version, cells);
  }

  /** The written form. */
  public Bytes toBytes() {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES);
    bytes.asShortBuffer().put(cells);
    return Bytes.ofOwned(bytes.array());
  }

  /** Version of the slot table's znode. */
  public long version() {
    return version;
  }

  /** Number of the cell the slot lies on. */
  public int cellOf(Slot slot) {
    return Short.toUnsignedInt(cells[slot.number()]);
  }

  /** Number of the cell that the user's slot lies on. */
  int cellOf(UserId user) {
    return Short.toUnsignedInt(cells[user.slotNumber()]);
  }

  /** The table with one slot moved. */
  public SlotTable with(Slot slot, int cell) {
    short[] moved = cells.clone();
    moved[slot.number()] = unsigned(cell);
    return new SlotTable(version, moved);
  }

  /** How many slots each cell number has; cells without any are left out. */
  public Map<Integer, Integer> slotsPerCell() {
    int[] counts = new int[1 << Short.SIZE];
    for (short cell : cells) {
      counts[Short.toUnsignedInt(cell)]++;
    }
    return IntStream.range(0, counts.length)
        .filter(cell -> counts[cell] > 0)
        .boxed()
        .collect(Collectors.toUnmodifiableMap(cell -> cell, cell -> counts[cell]));
  }

  private static short unsigned(int cell) {
    if (cell < 0 || cell > 0xFFFF) {
      throw new IllegalArgumentException("a cell's number is 0 to 65535, not " + cell);
    }
    return (short) cell;
  }
}
