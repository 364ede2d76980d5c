package io.tributary.store.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition instead of for a time. */
public final class Await {

  private static final long LOOK_EVERY_NANOS = Duration.ofMillis(20).toNanos();

  private Await() {}

  /** Fails if the condition doesn't hold within the time. */
  public static void until(Duration atMost, String what, BooleanSupplier condition) {
    long end = System.nanoTime() + atMost.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within %d ms: %s".formatted(atMost.toMillis(), what));
      }
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
    }
  }
}
