package io.tributary.mailbox;

import java.util.random.RandomGenerator;

/** When to offer an entry again: doubling from 50 ms to a second, half of it jitter, for ever. */
final class Backoff {
  private static final long FIRST_MILLIS = 50;
  private static final long LAST_MILLIS = 1_000;
  private static final int DOUBLINGS_MAX = 5;

  private Backoff() {}

  /**
   * @param attempts made so far, at least 1
   */
  static long millis(int attempts, RandomGenerator random) {
    int doublings = Math.min(attempts - 1, DOUBLINGS_MAX);
    long most = Math.min(LAST_MILLIS, FIRST_MILLIS << doublings);
    return most / 2 + random.nextLong(most / 2 + 1);
  }
}
