package io.tributary.mailbox;

import java.util.random.RandomGenerator;

/** When to try again: doubling, half of it jitter, for ever. */
final class Backoff {
  private static final long FIRST_MILLIS = 50;
  private static final long LAST_MILLIS = 1_000;
  private static final long OUTBOX_FIRST_MILLIS = 200;
  private static final long OUTBOX_LAST_MILLIS = 60_000;
  private static final int DOUBLINGS_MAX = 10;

  private Backoff() {}

  /**
   * When to offer an entry again: after 50 ms to a second.
   *
   * @param attempts made so far, at least 1
   */
  static long millis(int attempts, RandomGenerator random) {
    return millis(attempts, FIRST_MILLIS, LAST_MILLIS, random);
  }

  /**
   * When to carry a copy again: after 200 ms to a minute.
   *
   * @param attempts made so far, at least 1
   */
  static long outboxMillis(int attempts, RandomGenerator random) {
    return millis(attempts, OUTBOX_FIRST_MILLIS, OUTBOX_LAST_MILLIS, random);
  }

  private static long millis(int attempts, long first, long last, RandomGenerator random) {
    int doublings = Math.min(attempts - 1, DOUBLINGS_MAX);
    long most = Math.min(last, first << doublings);
    return most / 2 + random.nextLong(most / 2 + 1);
  }
}
