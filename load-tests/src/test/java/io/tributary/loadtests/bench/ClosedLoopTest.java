package io.tributary.loadtests.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClosedLoopTest {
  private static final Duration SHORT = Duration.ofMillis(200);

  private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2);

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void eachLaneShouldHaveOneCallUnderWayAtATime() throws InterruptedException {
    AtomicInteger underWay = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Lane lane =
        ended -> {
          most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
          later(
              () -> {
                underWay.decrementAndGet();
                ended.accept(Optional.empty());
              });
        };

    Round round = ClosedLoop.run(Collections.nCopies(5, lane), SHORT);

    assertThat(most).hasValue(5);
    assertThat(underWay).hasValue(0);
    assertThat(round.failed()).isZero();
    assertThat(round.measured()).isPositive().isLessThan(round.calls());
    // 5 lanes, at least 2 ms each
    assertThat(round.perSecond()).isBetween(1.0, 2_500.0);
    assertThat(round.latencies().percentileMillis(0.5)).isGreaterThanOrEqualTo(2);
  }

  @Test
  void aLaneShouldStopAtItsFirstFailureAndTheRoundShouldSayWhy() throws InterruptedException {
    AtomicInteger calls = new AtomicInteger();
    Lane failing = ended -> later(() -> ended.accept(failure(calls.incrementAndGet() == 3)));

    Round round = ClosedLoop.run(List.of(failing), SHORT);

    assertThat(calls).hasValue(3);
    assertThat(round.failed()).isEqualTo(1);
    assertThat(round.problems()).containsExactly("HTTP 503");
  }

  @Test
  void callsWithoutAnAnswerShouldFail() throws InterruptedException {
    Lane silent = ended -> {};

    Round round = ClosedLoop.run(List.of(silent, silent), SHORT, Duration.ofMillis(50));

    assertThat(round.failed()).isEqualTo(2);
    assertThat(round.problems()).containsExactly("no answer to 2 calls");
  }

  private static Optional<String> failure(boolean failed) {
    return failed ? Optional.of("HTTP 503") : Optional.empty();
  }

  private void later(Runnable task) {
    threads.schedule(task, 2, TimeUnit.MILLISECONDS);
  }
}
