package io.tributary.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeathsTest {
  private static final Duration MOMENT = Duration.ofMillis(10);
  private static final Duration LONG = Duration.ofMinutes(5);

  private final Deaths deaths = new Deaths();

  @Test
  void firstDeathShouldBeFollowedByAStartAtOnce() {
    deaths.ready();

    assertThat(deaths.died(0, LONG, true)).contains(Duration.ZERO);
  }

  @Test
  void deathsInARowShouldWaitLongerUpToABound() {
    Duration before = Duration.ofMillis(-1);
    for (int death = 0; death < Deaths.WITHIN_WINDOW_MAX - 1; death++) {
      deaths.ready();
      Duration delay = deaths.died(0, MOMENT, true).orElseThrow();
      assertThat(delay).isGreaterThanOrEqualTo(before).isLessThanOrEqualTo(Duration.ofSeconds(10));
      before = delay;
    }
    assertThat(before).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void calmLifeShouldMakeTheNextDeathAFirstOneAgain() {
    deaths.ready();
    for (int death = 0; death < 4; death++) {
      assertThat(deaths.died(death, MOMENT, true)).isPresent();
    }

    assertThat(deaths.died(5, LONG, true)).contains(Duration.ZERO);
  }

  @Test
  void serviceThatNeverComesUpShouldBeGivenUp() {
    for (int death = 1; death < Deaths.BEFORE_FIRST_READY_MAX; death++) {
      assertThat(deaths.died(0, MOMENT, false)).isPresent();
    }
    assertThat(deaths.died(0, MOMENT, false)).isEmpty();
  }

  @Test
  void serviceThatOnceWorkedShouldGetMoreAttempts() {
    deaths.ready();
    for (int death = 1; death < Deaths.BEFORE_READY_MAX; death++) {
      assertThat(deaths.died(0, MOMENT, false)).isPresent();
    }
    assertThat(deaths.died(0, MOMENT, false)).isEmpty();
  }

  @Test
  void onlyDeathsOfTheLastMinutesShouldCount() {
    long apart = Deaths.WINDOW.dividedBy(Deaths.WITHIN_WINDOW_MAX - 2).toNanos();
    for (int death = 0; death < 100; death++) {
      deaths.ready();
      assertThat(deaths.died(death * apart, LONG, true)).isPresent();
    }
    long now = 100 * apart;
    int more = 0;
    while (deaths.died(now, LONG, true).isPresent()) {
      more++;
    }
    assertThat(more).isLessThan(Deaths.WITHIN_WINDOW_MAX);
  }
}
