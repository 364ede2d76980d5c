package io.tributary.discovery.placement;

import io.tributary.codecs.identity.Slot;
import io.tributary.codecs.identity.UserId;
import io.tributary.discovery.placement.Location.Reason;
import io.tributary.discovery.ring.Ring;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Locates by what others keep up to date: the cell map, and the ring of this process's own cell.
 */
public final class MemoryLocator implements CellLocator {
  /** Stands for a cell that the slot table names and the list of cells doesn't yet. */
  public static final String UNKNOWN_CELL = "?";

  private final String ownCell;
  private final Supplier<CellMap> map;
  private final Supplier<Ring> ring;

  public MemoryLocator(String ownCell, Supplier<CellMap> map, Supplier<Ring> ring) {
    this.ownCell = ownCell;
    this.map = map;
    this.ring = ring;
  }

  @Override
  public Location locate(UserId user) {
    CellMap now = map.get();
    Slot slot = user.slot();
    Optional<String> pinned = now.pins().cellOf(user);
    String cell = pinned.or(() -> now.cellOf(slot)).orElse(UNKNOWN_CELL);
    Reason reason = pinned.isPresent() ? Reason.PIN : Reason.SLOT_TABLE;
    Ring own = cell.equals(ownCell) ? ring.get() : Ring.EMPTY;
    return new Location(
        slot, cell, now.slots().version(), reason, own.ownerOf(user), own.version());
  }
}
