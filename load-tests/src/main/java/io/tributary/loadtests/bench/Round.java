package io.tributary.loadtests.bench;

import java.time.Duration;
import java.util.List;

/**
 * What one run of a {@link ClosedLoop} came to.
 *
 * @param measured calls that ended well between the lead-in and the end
 * @param length of the time between
 * @param calls all that ended well, those before and after too
 * @param failed all others
 * @param problems what went wrong, the first few
 */
record Round(
    int measured,
    Duration length,
    Latencies latencies,
    int calls,
    int failed,
    List<String> problems) {
  Round {
    problems = List.copyOf(problems);
  }

  double perSecond() {
    return measured * 1e9 / length.toNanos();
  }
}
