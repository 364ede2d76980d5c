package io.tributary.discovery.placement;

import io.tributary.codecs.identity.Slot;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.Bytes;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Slot to cell, for all 65,536 slots. As bytes: one unsigned big-endian 16-bit cell number per
 * slot, in the order of slots, 128 KiB; behind them, if some slots are moving, a {@code
 * SlotStatesRecord}. Immutable; a lookup allocates nothing.
 */
public final class SlotTable {
  public static final int BYTES = Slot.COUNT * Short.BYTES;

  private final long version;
  private final short[] cells;
  private final Map<Integer, Integer> moving; // by slot, the cell's number

  private SlotTable(long version, short[] cells) {
    this(version, cells, Map.of());
  }

  private SlotTable(long version, short[] cells, Map<Integer, Integer> moving) {
    this.version = version;
    this.cells = cells;
    this.moving = Map.copyOf(moving);
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
   * @throws IllegalArgumentException for anything else, and for what a newer version writes
   */
  public static SlotTable ofBytes(Bytes bytes, long version) {
    if (bytes.length() < BYTES) {
      throw new IllegalArgumentException(
          "a slot table has " + BYTES + " bytes at least, not " + bytes.length());
    }
    short[] cells = new short[Slot.COUNT];
    ByteBuffer.wrap(bytes.unsafeArray()).asShortBuffer().get(cells);
    return new SlotTable(version, cells, MovingSlots.read(bytes, BYTES));
  }

  /** The written form. */
  public Bytes toBytes() {
    byte[] states = MovingSlots.write(moving);
    ByteBuffer bytes = ByteBuffer.allocate(BYTES + states.length);
    bytes.asShortBuffer().put(cells);
    return Bytes.ofOwned(bytes.position(BYTES).put(states).array());
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

  /** Whether nothing is to be written for the slot's users, because they go to another cell. */
  public boolean isMoving(Slot slot) {
    return !moving.isEmpty() && moving.containsKey(slot.number());
  }

  /** The table with one slot moved, and moving no more. */
  public SlotTable with(Slot slot, int cell) {
    short[] moved = cells.clone();
    moved[slot.number()] = unsigned(cell);
    Map<Integer, Integer> others = new TreeMap<>(moving);
    others.remove(slot.number());
    return new SlotTable(version, moved, others);
  }

  /** The table with one slot on its way to another cell. */
  public SlotTable moving(Slot slot, int cell) {
    Map<Integer, Integer> all = new TreeMap<>(moving);
    all.put(slot.number(), Short.toUnsignedInt(unsigned(cell)));
    return new SlotTable(version, cells, all);
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
