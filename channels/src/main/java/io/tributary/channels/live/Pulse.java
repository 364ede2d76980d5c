package io.tributary.channels.live;

import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.Disposable;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * When a quiet mailbox is to be read, and a silent sink to be told where the mailbox stands. Less
 * than every five seconds, so that a read fits in.
 */
final class Pulse {
  private static final long PERIOD_MILLIS = 3_800;
  private static final long JITTER_MILLIS = 600;
  private static final long LEAST_MILLIS = 500;

  private final Scheduler.Worker worker;
  private final RandomGenerator random;
  private final Runnable beat;
  private long heardMillis;
  private long toldMillis;

  /**
   * @param worker whose disposal ends it
   * @param beat called whenever something may be due
   */
  Pulse(Scheduler.Worker worker, RandomGenerator random, Runnable beat) {
    this.worker = worker;
    this.random = random;
    this.beat = beat;
  }

  void start() {
    heard();
    told();
    next();
  }

  /** Of the mailbox. */
  void heard() {
    heardMillis = now();
  }

  /** The sink, where the mailbox stands. */
  void told() {
    toldMillis = now();
  }

  boolean isReadDue() {
    return now() - heardMillis >= PERIOD_MILLIS;
  }

  boolean isHeadDue() {
    return now() - toldMillis >= PERIOD_MILLIS;
  }

  private void next() {
    long due = Math.min(heardMillis, toldMillis) + PERIOD_MILLIS - now();
    long millis = Math.max(LEAST_MILLIS, due + random.nextLong(JITTER_MILLIS));
    Disposable unused = worker.schedule(this::beatNow, millis, TimeUnit.MILLISECONDS);
  }

  private void beatNow() {
    beat.run();
    next();
  }

  private long now() {
    return worker.now(TimeUnit.MILLISECONDS);
  }
}
