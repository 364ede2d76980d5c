package io.tributary.discovery.placement;

import io.tributary.codecs.identity.UserId;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Draws ids for new users: a cell by weight, then ids until one's slot lies in that cell. */
public final class Placement {
  private final Supplier<CellMap> map;
  private final RandomGenerator random;

  public Placement(Supplier<CellMap> map, RandomGenerator random) {
    this.map = map;
    this.random = random;
  }

  /**
   * A new user's id and cell.
   *
   * @throws IllegalStateException if no cell takes users
   */
  public Placed draw() {
    throw new IllegalStateException("not built yet " + map.get() + random);
  }

  /** A new user's id, and the cell its slot lies in. */
  public record Placed(UserId user, String cell) {}
}
