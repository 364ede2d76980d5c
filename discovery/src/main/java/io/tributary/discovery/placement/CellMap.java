package io.tributary.discovery.placement;

import java.util.List;

/** All that says which cell a user lives on. */
public record CellMap(SlotTable slots, Pins pins, List<Cell> cells) {
  public CellMap {
    cells = List.copyOf(cells);
  }
}
