package io.tributary.loadtests.drill;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * For each user the longest time between two acknowledgements, while there was always somebody who
 * tried to write to them.
 *
 * @param millis of each user, ascending
 */
record Outages(List<Double> millis) {
  Outages {
    millis = millis.stream().sorted().toList();
  }

  /**
   * @param attempts of all users, in any order
   * @param span the beginning and the end of it count as acknowledgements: it was running well
   *     before, and what comes later is not looked at
   */
  static Outages of(Collection<String> users, List<Attempt> attempts, Span span) {
    return new Outages(users.stream().map(user -> longest(user, attempts, span)).toList());
  }

  private static double longest(String user, List<Attempt> attempts, Span span) {
    long[] acknowledged =
        attempts.stream()
            .filter(attempt -> attempt.isAcknowledged() && attempt.user().equals(user))
            .mapToLong(Attempt::endedNanos)
            .filter(span::holds)
            .sorted()
            .toArray();
    long[] ends = Arrays.copyOf(acknowledged, acknowledged.length + 1);
    ends[acknowledged.length] = span.toNanos();
    long longest = 0;
    long last = span.fromNanos();
    for (long end : ends) {
      longest = Math.max(longest, end - last);
      last = end;
    }
    return longest / 1e6;
  }

  double p50Millis() {
    return millis.isEmpty() ? 0 : millis.get(millis.size() / 2);
  }

  double maxMillis() {
    return millis.isEmpty() ? 0 : millis.get(millis.size() - 1);
  }
}
