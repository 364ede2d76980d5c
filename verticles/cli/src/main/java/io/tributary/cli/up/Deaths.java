package io.tributary.cli.up;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Decides what to do about a service that died. The first restart comes at once; each further one
 * in a row waits twice as long. Enough is enough when it never comes up, or dies all the time. For
 * one thread; times in nanoseconds of one clock.
 */
final class Deaths {
  static final int BEFORE_FIRST_READY_MAX = 3;
  static final int BEFORE_READY_MAX = 6;
  static final int WITHIN_WINDOW_MAX = 20;
  static final Duration WINDOW = Duration.ofMinutes(10);
  private static final Duration CALM = Duration.ofSeconds(30);
  private static final Duration DELAY_FIRST = Duration.ofMillis(250);
  private static final Duration DELAY_MAX = Duration.ofSeconds(10);

  private final Deque<Long> recent = new ArrayDeque<>();
  private int inRow;
  private int beforeReady;
  private boolean everReady;

  /** It works. */
  void ready() {
    everReady = true;
    beforeReady = 0;
  }

  /**
   * It died.
   *
   * @param lived since it was started
   * @param wasReady in this life
   * @return how long to wait before the next start; empty: give up
   */
  Optional<Duration> died(long nowNanos, Duration lived, boolean wasReady) {
    inRow = wasReady && lived.compareTo(CALM) >= 0 ? 1 : inRow + 1;
    beforeReady = wasReady ? 0 : beforeReady + 1;
    recent.addLast(nowNanos);
    while (nowNanos - recent.getFirst() > WINDOW.toNanos()) {
      recent.removeFirst();
    }
    boolean hopeless =
        beforeReady >= (everReady ? BEFORE_READY_MAX : BEFORE_FIRST_READY_MAX)
            || recent.size() >= WITHIN_WINDOW_MAX;
    return hopeless ? Optional.empty() : Optional.of(delay());
  }

  private Duration delay() {
    if (inRow == 1) {
      return Duration.ZERO;
    }
    Duration delay = DELAY_FIRST.multipliedBy(1L << Math.min(inRow - 2, 10));
    return delay.compareTo(DELAY_MAX) < 0 ? delay : DELAY_MAX;
  }
}
