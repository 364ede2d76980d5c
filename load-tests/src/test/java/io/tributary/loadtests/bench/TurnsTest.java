package io.tributary.loadtests.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private static final Turns TURNS =
      new Turns(Duration.ofMillis(20), 2, Duration.ofMillis(100), new CpuTimes(Map.of()));

  @Test
  void whatBecomesFasterShouldBeWarmedUpAgain() throws InterruptedException {
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    AtomicInteger calls = new AtomicInteger();
    try {
      Comparison found =
          TURNS.alone(
              List.of(
                  ended ->
                      timer.schedule(
                          () -> ended.accept(Optional.empty()),
                          calls.incrementAndGet() < 5 ? 30 : 1,
                          TimeUnit.MILLISECONDS)));

      assertThat(found.warmUps()).hasSizeBetween(2, 6);
      assertThat(found.rounds()).hasSize(2);
      assertThat(found.floors()).isEmpty();
      assertThat(found.failed()).isZero();
    } finally {
      timer.shutdownNow();
    }
  }
}
