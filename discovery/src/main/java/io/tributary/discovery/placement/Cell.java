package io.tributary.discovery.placement;

/**
 * A cell that users can be placed on.
 *
 * @param number stands for the cell in the slot table, 0 to 65,535; never reused
 * @param weight its part of new users, 0 to take none
 */
public record Cell(int number, String name, int weight) {
  public Cell {
    if (number < 0 || number > 0xFFFF) {
      throw new IllegalArgumentException("a cell's number is 0 to 65535, not " + number);
    }
    if (weight < 0) {
      throw new IllegalArgumentException("a cell's weight is at least 0, not " + weight);
    }
  }
}
