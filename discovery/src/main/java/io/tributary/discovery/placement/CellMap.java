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
  private final List<Cell> open;

  public CellMap(SlotTable slots, Pins pins, List<Cell> cells) {
    this.slots = slots;
    this.pins = pins;
    this.cells = List.copyOf(cells);
    this.cells.forEach(cell -> names.put(cell.number(), cell.name()));
    Map<Integer, Integer> populated = slots.slotsPerCell();
    this.open =
        this.cells.stream()
            .filter(cell -> cell.weight() > 0 && populated.containsKey(cell.number()))
            .toList();
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

  /** Cells that take new users: with a weight, and with slots. */
  List<Cell> open() {
    return open;
  }

  /** Name of the cell the slot lies on; empty if the list of cells has not caught up yet. */
  public Optional<String> cellOf(Slot slot) {
    return Optional.ofNullable(names.get(slots.cellOf(slot)));
  }
}
