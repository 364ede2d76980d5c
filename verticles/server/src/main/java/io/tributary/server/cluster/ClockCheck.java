package io.tributary.server.cluster;

import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.Disposable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far this node's clock is from another's, looked at once a minute. The other's reading falls
 * between asking and being answered: only what this can't explain counts. Safe for any thread.
 */
public final class ClockCheck {
  /** More than this, and what a node records is too far from what its cell does. */
  public static final Duration SKEW_MAX = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(ClockCheck.class);
  private static final long LOOK_SECONDS = 1; // until it is known
  private static final int LOOKS_PER_MEASUREMENT = 60;
  private static final long ANSWER_SECONDS_MAX = 10;

  private final Other other;
  private final InstantSource clock;
  private volatile Optional<Long> skewMillis = Optional.empty();
  private int looksLeft; // of one subscription, which is never on two threads at once

  /**
   * The clock to compare with.
   *
   * @param whose for people, such as {@code HBase}
   * @param millis since 1970, read at each subscription; empty or an error if it can't be read now
   */
  public record Other(String whose, Maybe<Long> millis) {}

  private ClockCheck(Other other, InstantSource clock) {
    this.other = other;
    this.clock = clock;
  }

  /** Measures now and then until it is stopped. */
  public static Running start(Other other, InstantSource clock, Scheduler scheduler) {
    ClockCheck check = new ClockCheck(other, clock);
    Disposable measuring =
        Flowable.interval(0, LOOK_SECONDS, TimeUnit.SECONDS, scheduler)
            .onBackpressureDrop()
            .filter(look -> check.isDue())
            .concatMapMaybe(look -> check.measured(scheduler), 1)
            .subscribe(check::note, failure -> LOG.error("event=clock.check_ended", failure));
    return new Running(check, measuring);
  }

  /** A check that goes on. */
  public record Running(ClockCheck check, Disposable measuring) {}

  /** Why this clock can't be relied on, for the operator; empty if it can. */
  public Optional<String> trouble() {
    return skewMillis
        .map(this::trouble)
        .orElseGet(() -> Optional.of("not compared with %s's yet".formatted(other.whose())));
  }

  private Optional<String> trouble(long skew) {
    return Math.abs(skew) <= SKEW_MAX.toMillis()
        ? Optional.empty()
        : Optional.of(
            "this clock is %d s %s %s's, set it right"
                .formatted(
                    Math.round(Math.abs(skew) / 1_000.0),
                    skew > 0 ? "ahead of" : "behind",
                    other.whose()));
  }

  private boolean isDue() {
    looksLeft = skewMillis.isEmpty() || looksLeft == 0 ? LOOKS_PER_MEASUREMENT - 1 : looksLeft - 1;
    return looksLeft == LOOKS_PER_MEASUREMENT - 1;
  }

  private Maybe<Long> measured(Scheduler scheduler) {
    return Maybe.defer(
            () -> {
              long before = clock.millis();
              return other.millis().map(theirs -> skew(before, theirs, clock.millis()));
            })
        .timeout(ANSWER_SECONDS_MAX, TimeUnit.SECONDS, scheduler, Maybe.empty())
        .onErrorComplete();
  }

  /** Ours minus theirs, the least that it can be. */
  private static long skew(long before, long theirs, long after) {
    return theirs < before ? before - theirs : Math.min(0, after - theirs);
  }

  private void note(long skew) {
    skewMillis = Optional.of(skew);
    trouble(skew).ifPresent(why -> LOG.warn("event=clock.off skew_ms={} {}", skew, why));
  }
}
