package io.tributary.discovery.placement;

import io.tributary.codecs.identity.Slot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All that says which cell a user lives on. Immutable. */
public final class CellMap {
  private final SlotTable slots;
  private final Pins pins;
  private final List<Cell> cells;
  private final Map<Integer, String> names = new HashMap<>();

  public CellMap(SlotTable slots, Pins pins, List<Cell> cells) {
    this.slots = slots;
    this.pins = pins;
    this.cells = List.copyOf(cells);
    this.cells.forEach(cell -> names.put(cell.number(), cell.name()));
  }

  public SlotTable slots() {
    return slots;
  }

  public Pins pins() {
    return pins;
  }

  public List<Cell> cells() {
    return cells;
  }

  /** Name of the cell the slot lies on; empty if the list of cells has not caught up yet. */
  public Optional<String> cellOf(Slot slot) {
    return Optional.ofNullable(names.get(slots.cellOf(slot)));
  }
}
