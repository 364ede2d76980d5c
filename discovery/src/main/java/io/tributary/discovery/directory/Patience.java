package io.tributary.discovery.directory;

import io.reactivex.rxjava3.core.Completable;
import java.util.concurrent.TimeUnit;

/**
 * The one rule for trying again: seven rounds with doubling pauses, two to three seconds in all.
 */
final class Patience {
  static final int ROUNDS_MAX = 7;
  private static final long FIRST_PAUSE_MILLIS = 20;

  private final DirectoryEnvironment environment;

  Patience(DirectoryEnvironment environment) {
    this.environment = environment;
  }

  /**
   * Completes after the pause before the given round, with jitter, so that two who wait for each
   * other don't keep step.
   *
   * @param round from 1
   */
  Completable pauseBefore(int round) {
    long base = FIRST_PAUSE_MILLIS << round;
    long pause = base / 2 + environment.random().nextLong(base / 2 + 1);
    return Completable.timer(pause, TimeUnit.MILLISECONDS, environment.scheduler());
  }
}
