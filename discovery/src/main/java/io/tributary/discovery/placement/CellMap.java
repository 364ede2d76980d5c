package io.tributary.discovery.placement;

import io.tributary.codecs.identity.Slot;
import io.tributary.codecs.identity.UserId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All that says which cell a user lives on. Immutable. */
public final class CellMap {
  private final SlotTable slots;
  private final Pins pins;
  private final List<Cell> cells;
  private final List<Optional<String>> names; // by number, wrapped once, not at each lookup
  private final Map<UserId, Optional<String>> pinned; // likewise, and each name once
  private final Map<Integer, Integer> populated; // slots by cell number
  private final List<Cell> open;

  public CellMap(SlotTable slots, Pins pins, List<Cell> cells) {
    this.slots = slots;
    this.pins = pins;
    this.cells = List.copyOf(cells);
    this.names = names(this.cells);
    this.pinned = wrapped(pins.cells());
    this.populated = slots.slotsPerCell();
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

  private static Map<UserId, Optional<String>> wrapped(Map<UserId, String> pins) {
    Map<String, Optional<String>> once = new HashMap<>();
    Map<UserId, Optional<String>> wrapped = new HashMap<>();
    pins.forEach((user, cell) -> wrapped.put(user, once.computeIfAbsent(cell, Optional::of)));
    return Map.copyOf(wrapped);
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

  /** Numbers that slots lie on and no cell has: nobody serves the users of those slots. */
  public List<Integer> strangers() {
    return populated.keySet().stream()
        .filter(number -> number >= names.size() || names.get(number).isEmpty())
        .sorted()
        .toList();
  }

  public boolean takesNewUsers() {
    return !open.isEmpty();
  }

  /** How many slots lie on a cell; 0 if it isn't known. */
  public int slotsOf(String cell) {
    return cells.stream()
        .filter(each -> each.name().equals(cell))
        .mapToInt(each -> populated.getOrDefault(each.number(), 0))
        .sum();
  }

  /** The same with another weight of a cell; itself if there is no such cell. */
  public CellMap weighed(String cell, int weight) {
    return new CellMap(
        slots,
        pins,
        cells.stream()
            .map(each -> each.name().equals(cell) ? each.withWeight(weight) : each)
            .toList());
  }

  /** Whether nothing is to be written for the user, who goes to another cell with the slot. */
  public boolean isMoving(UserId user) {
    return slots.isMoving(user.slot()) && pinOf(user).isEmpty();
  }

  /** Name of the cell the slot lies on; empty if the list of cells has not caught up yet. */
  public Optional<String> cellOf(Slot slot) {
    return name(slots.cellOf(slot));
  }

  /** The cell an operator placed the user on. Allocates nothing. */
  Optional<String> pinOf(UserId user) {
    Optional<String> pin = pinned.get(user);
    return pin == null ? Optional.empty() : pin;
  }

  /** The user's cell: the pinned one, else that of the slot. Allocates nothing. */
  Optional<String> cellOf(UserId user) {
    Optional<String> pin = pinOf(user);
    return pin.isPresent() ? pin : name(slots.cellOf(user));
  }

  private Optional<String> name(int number) {
    return number < names.size() ? names.get(number) : Optional.empty();
  }
}
