package io.tributary.discovery.placement;

import io.tributary.codecs.identity.Slot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All that says which cell a user lives on. Immutable. */
public final class CellMap {
  private final SlotTable slots;
  private final Pins pins;
  private final List<Cell> cells;
  private final List<Optional<String>> names; // by number, wrapped once, not at each lookup
  private final List<Cell> open;

  public CellMap(SlotTable slots, Pins pins, List<Cell> cells) {
    this.slots = slots;
    this.pins = pins;
    this.cells = List.copyOf(cells);
    this.names = names(this.cells);
    Map<Integer, Integer> populated = slots.slotsPerCell();
    this.open =
        this.cells.stream()
            .filter(cell -> cell.weight() > 0 && populated.containsKey(cell.number()))
            .toList();
  }

  private static List<Optional<String>> names(List<Cell> cells) {
    int highest = cells.stream().mapToInt(Cell::number).max().orElse(-1);
    List<Optional<String>> names =
        new ArrayList<>(Collections.nCopies(highest + 1, Optional.empty()));
    cells.forEach(cell -> names.set(cell.number(), Optional.of(cell.name())));
    return names;
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
    int number = slots.cellOf(slot);
    return number < names.size() ? names.get(number) : Optional.empty();
  }
}
