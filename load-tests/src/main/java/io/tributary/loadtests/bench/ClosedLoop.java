package io.tributary.loadtests.bench;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Keeps one call of each lane under way: the next begins when one has ended. A lane whose call
 * failed stops, because the figure is void then.
 */
final class ClosedLoop {
  private static final Duration STALL_MAX = Duration.ofSeconds(20);
  private static final int LEAD_IN_PART = 5;

  private final Tally tally;
  private final CountDownLatch running;

  private ClosedLoop(Tally tally, int lanes) {
    this.tally = tally;
    this.running = new CountDownLatch(lanes);
  }

  /**
   * Runs the lanes for a fifth of the time unmeasured, then for the time, and waits until all their
   * calls have ended.
   */
  static Round run(List<? extends Lane> lanes, Duration length) throws InterruptedException {
    return run(lanes, length, STALL_MAX);
  }

  static Round run(List<? extends Lane> lanes, Duration length, Duration stallMax)
      throws InterruptedException {
    long from = System.nanoTime() + length.dividedBy(LEAD_IN_PART).toNanos();
    ClosedLoop loop = new ClosedLoop(new Tally(from, from + length.toNanos()), lanes.size());
    lanes.forEach(loop::next);
    loop.await(stallMax);
    return loop.tally.round();
  }

  private void next(Lane lane) {
    long began = System.nanoTime();
    if (began - tally.endNanos() >= 0) {
      running.countDown();
      return;
    }
    lane.call(problem -> ended(lane, began, problem));
  }

  private void ended(Lane lane, long began, Optional<String> problem) {
    tally.ended(began, System.nanoTime(), problem);
    if (problem.isPresent()) {
      running.countDown();
    } else {
      next(lane);
    }
  }

  private void await(Duration stallMax) throws InterruptedException {
    long left = tally.endNanos() - System.nanoTime() + stallMax.toNanos();
    if (!running.await(left, TimeUnit.NANOSECONDS)) {
      int open = (int) running.getCount();
      tally.failed(open, "no answer to " + open + " calls");
    }
  }
}
