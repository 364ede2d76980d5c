package io.tributary.loadtests.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what ends between two moments, and how long it took. Safe for any thread. */
final class Tally {
  private static final int SAMPLES_MAX = 1 << 20;
  private static final int PROBLEMS_KEPT = 5;

  private final long fromNanos;
  private final long endNanos;
  private final int[] micros = new int[SAMPLES_MAX];
  private final AtomicInteger measured = new AtomicInteger();
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private final Queue<String> problems = new ConcurrentLinkedQueue<>();

  /** Both as {@link System#nanoTime} has it. */
  Tally(long fromNanos, long endNanos) {
    this.fromNanos = fromNanos;
    this.endNanos = endNanos;
  }

  long endNanos() {
    return endNanos;
  }

  /** A call that began then has ended now. */
  void ended(long beganNanos, long nowNanos, Optional<String> problem) {
    if (problem.isPresent()) {
      failed(1, problem.get());
      return;
    }
    calls.incrementAndGet();
    if (nowNanos - fromNanos >= 0 && nowNanos - endNanos < 0) {
      int sample = measured.getAndIncrement();
      if (sample < SAMPLES_MAX) {
        micros[sample] = (int) Math.min(Integer.MAX_VALUE, (nowNanos - beganNanos) / 1_000);
      }
    }
  }

  void failed(int count, String problem) {
    if (failed.getAndAdd(count) < PROBLEMS_KEPT) {
      problems.add(problem);
    }
  }

  /** Only after all calls have ended, or are counted as failed. */
  Round round() {
    int count = measured.get();
    return new Round(
        count,
        Duration.ofNanos(endNanos - fromNanos),
        new Latencies(Arrays.copyOf(micros, Math.min(count, SAMPLES_MAX))),
        calls.get(),
        failed.get(),
        List.copyOf(problems));
  }
}
