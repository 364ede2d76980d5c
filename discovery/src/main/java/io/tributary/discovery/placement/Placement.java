package io.tributary.discovery.placement;

import io.tributary.codecs.identity.UserId;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Draws ids for new users: a cell by weight among those that have slots, then ids until one's slot
 * lies in that cell. Safe for any thread if its randomness is.
 */
public final class Placement {
  /** A cell with a single slot is missed this often in a row once in e^32 times. */
  private static final int DRAWS_MAX = 32 * 65_536;

  private final Supplier<CellMap> map;
  private final Predicate<String> served;
  private final RandomGenerator random;

  public Placement(Supplier<CellMap> map, RandomGenerator random) {
    this(map, cell -> true, random);
  }

  /**
   * @param served whether a cell has nodes, as far as is known: one without can't take users now,
   *     and gets none while there is another
   */
  public Placement(Supplier<CellMap> map, Predicate<String> served, RandomGenerator random) {
    this.map = map;
    this.served = served;
    this.random = random;
  }

  /** A new user's id, and the cell its slot lies in. */
  public record Placed(UserId user, String cell) {}

  /**
   * A new user's id and cell.
   *
   * @throws IllegalStateException if no cell takes users
   */
  public Placed draw() {
    CellMap now = map.get();
    String cell = drawCell(now);
    for (int i = 0; i < DRAWS_MAX; i++) {
      UserId user = drawId();
      boolean there = now.cellOf(user.slot()).equals(Optional.of(cell));
      if (there && !now.isMoving(user)) {
        return new Placed(user, cell);
      }
    }
    throw new IllegalStateException("no id fell into cell " + cell);
  }

  /** The cell a user's slot lies in; empty if the list of cells has not caught up yet. */
  public Optional<String> cellOf(UserId user) {
    return map.get().cellOf(user.slot());
  }

  private UserId drawId() {
    long bits = random.nextLong() & Long.MAX_VALUE;
    return bits == 0 ? drawId() : new UserId(bits);
  }

  private List<Cell> candidates(CellMap now) {
    List<Cell> able = now.open().stream().filter(cell -> served.test(cell.name())).toList();
    return able.isEmpty() ? now.open() : able;
  }

  private String drawCell(CellMap now) {
    List<Cell> open = candidates(now);
    long total = open.stream().mapToLong(Cell::weight).sum();
    if (total == 0) {
      throw new IllegalStateException("no cell with slots has a weight above 0");
    }
    long drawn = random.nextLong(total);
    for (Cell cell : open) {
      drawn -= cell.weight();
      if (drawn < 0) {
        return cell.name();
      }
    }
    throw new IllegalStateException("weights that don't add up");
  }
}
