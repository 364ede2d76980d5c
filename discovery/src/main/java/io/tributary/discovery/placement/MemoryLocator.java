package io.tributary.discovery.placement;

import io.tributary.codecs.identity.Slot;
import io.tributary.codecs.identity.UserId;
import io.tributary.discovery.membership.NodeInfo;
import io.tributary.discovery.placement.Location.Reason;
import io.tributary.discovery.ring.Ring;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Locates by what others keep up to date: the cell map, and the rings of the cells. */
public final class MemoryLocator implements CellLocator {
  /** Stands for a cell that the slot table names and the list of cells doesn't yet. */
  public static final String UNKNOWN_CELL = "?";

  private final Supplier<CellMap> map;
  private final Function<String, Ring> rings;

  /**
   * @param rings by the cell's name; the empty ring for one that isn't known
   */
  public MemoryLocator(Supplier<CellMap> map, Function<String, Ring> rings) {
    this.map = map;
    this.rings = rings;
  }

  @Override
  public Location locate(UserId user) {
    CellMap now = map.get();
    Slot slot = user.slot();
    String cell = cellOf(user, now);
    Reason reason = now.pinOf(user).isPresent() ? Reason.PIN : Reason.SLOT_TABLE;
    Ring ring = rings.apply(cell);
    return new Location(
        slot, cell, now.slots().version(), reason, ring.ownerOf(user), ring.version());
  }

  @Override
  public boolean isMoving(UserId user) {
    return map.get().isMoving(user);
  }

  /** Allocates nothing. */
  @Override
  public Optional<NodeInfo> nodeOf(UserId user) {
    return rings.apply(cellOf(user, map.get())).ownerOf(user);
  }

  private static String cellOf(UserId user, CellMap now) {
    return now.cellOf(user).orElse(UNKNOWN_CELL);
  }
}
