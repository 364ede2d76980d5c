package io.tributary.discovery.placement;

/**
 * A cell that users can be placed on.
 *
 * @param number stands for the cell in the slot table, 0 to 65,535; never reused
 * @param weight its part of new users, 0 to take none
 * @param zookeeper its own ZooKeeper, hosts and perhaps a path; empty if it is the shared one
 */
public record Cell(int number, String name, int weight, String zookeeper) {
  private static final String NAME = "[a-z0-9-]{1,32}";

  public Cell {
    if (!name.matches(NAME)) {
      throw new IllegalArgumentException("a cell's name is 1 to 32 of a-z, 0-9 and '-'");
    }
    if (number < 0 || number > 0xFFFF) {
      throw new IllegalArgumentException("a cell's number is 0 to 65535, not " + number);
    }
    if (weight < 0) {
      throw new IllegalArgumentException("a cell's weight is at least 0, not " + weight);
    }
  }

  /** The same cell with another weight. */
  public Cell withWeight(int other) {
    return new Cell(number, name, other, zookeeper);
  }

  /** One that lives in the shared ZooKeeper. */
  public static Cell sharing(int number, String name, int weight) {
    return new Cell(number, name, weight, "");
  }
}
