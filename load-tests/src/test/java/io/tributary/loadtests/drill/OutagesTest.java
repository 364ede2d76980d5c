package io.tributary.loadtests.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OutagesTest {
  private final List<Attempt> attempts = new ArrayList<>();
  private final Span span = new Span(millis(1_000), millis(9_000));

  @Test
  void anOutageShouldBeTheLongestTimeBetweenTwoAcknowledgementsOfAUser() {
    ended("alice", Attempt.Fate.ACKNOWLEDGED, 2_000, 2_500, 5_500, 8_000);
    ended("bob", Attempt.Fate.ACKNOWLEDGED, 3_000, 5_000, 7_000);

    Outages outages = Outages.of(List.of("alice", "bob"), attempts, span);

    assertThat(outages.millis()).containsExactly(2_000.0, 3_000.0);
    assertThat(outages.maxMillis()).isEqualTo(3_000);
  }

  @Test
  void whatWasNotAcknowledgedShouldNotEndAnOutage() {
    ended("alice", Attempt.Fate.ACKNOWLEDGED, 2_000, 8_000);
    ended("alice", Attempt.Fate.AGAIN, 4_000);
    ended("alice", Attempt.Fate.REFUSED, 6_000);

    assertThat(Outages.of(List.of("alice"), attempts, span).maxMillis()).isEqualTo(6_000);
  }

  @Test
  void anOutageShouldLastToTheEndIfNothingEndsIt() {
    ended("alice", Attempt.Fate.ACKNOWLEDGED, 1_500, 9_500);

    assertThat(Outages.of(List.of("alice"), attempts, span).maxMillis()).isEqualTo(7_500);
    assertThat(Outages.of(List.of("carol"), attempts, span).maxMillis()).isEqualTo(8_000);
  }

  private void ended(String user, Attempt.Fate fate, long... atMillis) {
    for (long at : atMillis) {
      attempts.add(new Attempt(user, millis(at - 10), millis(at), fate, ""));
    }
  }

  private static long millis(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }
}
