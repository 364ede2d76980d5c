package io.tributary.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import io.tributary.storage.StorageUnavailableException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ClockCheckTest {
  private final TestScheduler scheduler = new TestScheduler();
  private final InstantSource ours =
      () -> Instant.ofEpochMilli(1_000_000_000 + scheduler.now(TimeUnit.MILLISECONDS));
  private Maybe<Long> theirs = Maybe.empty();
  private long answerMillis;
  private int asked;

  private final ClockCheck check =
      ClockCheck.start(
              new ClockCheck.Other(
                  "HBase",
                  Maybe.defer(
                      () -> {
                        asked++;
                        return theirs.delay(answerMillis, TimeUnit.MILLISECONDS, scheduler);
                      })),
              ours,
              scheduler)
          .check();

  @Test
  void aClockNearTheOthersShouldBeGood() {
    for (long off : new long[] {-30_000, -1_000, 0, 1_000, 30_000}) {
      offBy(off);
      assertThat(check.trouble()).as("%d ms", off).isEmpty();
    }
  }

  @Test
  void aClockAMinuteOffShouldSayWhoseItIsOffAndHowFar() {
    offBy(60_000);
    assertThat(check.trouble()).contains("this clock is 60 s behind HBase's, set it right");
    offBy(-61_000);
    assertThat(check.trouble()).contains("this clock is 61 s ahead of HBase's, set it right");
    offBy(0);
    assertThat(check.trouble()).isEmpty();
  }

  @Test
  void aClockThatWasNotComparedYetShouldSaySoAndBeComparedSoon() {
    theirs = Maybe.error(StorageUnavailableException.notApplied("away"));
    scheduler.advanceTimeBy(5, TimeUnit.SECONDS);
    assertThat(check.trouble()).contains("not compared with HBase's yet");
    theirs = Maybe.never();
    scheduler.advanceTimeBy(30, TimeUnit.SECONDS);
    assertThat(check.trouble()).isPresent();

    theirs = Maybe.fromSupplier(() -> ours.millis());
    scheduler.advanceTimeBy(12, TimeUnit.SECONDS);
    assertThat(check.trouble()).isEmpty();
  }

  @Test
  void whatASlowAnswerExplainsShouldNotCount() {
    answerMillis = 9_000;
    theirs = Maybe.fromSupplier(() -> ours.millis() + 35_000);
    scheduler.advanceTimeBy(10, TimeUnit.SECONDS);

    assertThat(check.trouble()).isEmpty();
    theirs = Maybe.fromSupplier(() -> ours.millis() + 45_000);
    scheduler.advanceTimeBy(70, TimeUnit.SECONDS);
    assertThat(check.trouble()).isPresent();
  }

  @Test
  void whatWasMeasuredShouldStandWhileTheOtherIsAwayAndBeMeasuredOnceAMinute() {
    offBy(60_000);
    theirs = Maybe.empty();
    asked = 0;
    scheduler.advanceTimeBy(10, TimeUnit.MINUTES);

    assertThat(check.trouble()).isNotEqualTo(Optional.empty());
    assertThat(asked).isBetween(9, 11);
  }

  /** What they show from now on, for long enough to be seen. */
  private void offBy(long millis) {
    theirs = Maybe.fromSupplier(() -> ours.millis() + millis);
    scheduler.advanceTimeBy(61, TimeUnit.SECONDS);
  }
}
