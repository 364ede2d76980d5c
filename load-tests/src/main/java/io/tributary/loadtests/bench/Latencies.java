package io.tributary.loadtests.bench;

import java.util.Arrays;

/** How long calls took, in microseconds. */
final class Latencies {
  private final int[] sorted;

  /**
   * @param micros in any order; copied
   */
  Latencies(int[] micros) {
    sorted = micros.clone();
    Arrays.sort(sorted);
  }

  /**
   * The smallest latency that at least this part of all calls did not exceed (nearest rank), in
   * milliseconds; 0 if there was no call.
   *
   * @param part above 0, at most 1
   */
  double percentileMillis(double part) {
    if (!(part > 0 && part <= 1)) {
      throw new IllegalArgumentException("a part is above 0 and at most 1, not " + part);
    }
    return sorted.length == 0 ? 0 : sorted[(int) Math.ceil(part * sorted.length) - 1] / 1_000.0;
  }
}
