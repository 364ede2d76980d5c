package io.tributary.loadtests.bench;

import java.util.Arrays;

/** The figure in the middle: one round in which the machine was busy elsewhere does not move it. */
final class Medians {
  private Medians() {}

  /**
   * @param figures at least one; of an even number the mean of the two in the middle
   */
  static double of(double... figures) {
    if (figures.length == 0) {
      throw new IllegalArgumentException("there is no median of nothing");
    }
    double[] sorted = figures.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
