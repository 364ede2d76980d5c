package io.tributary.server.node;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Scheduler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** How a node waits for others while it starts: it looks again every so often, not for ever. */
record Patience(Duration atMost, Scheduler scheduler) {
  private static final long LOOK_EVERY_MILLIS = 200;

  /**
   * Completes once the condition holds.
   *
   * <p>Signals {@link java.util.concurrent.TimeoutException}.
   */
  Completable until(BooleanSupplier condition) {
    return Flowable.interval(0, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS, scheduler)
        .onBackpressureDrop()
        .filter(tick -> condition.getAsBoolean())
        .take(1)
        .ignoreElements()
        .timeout(atMost.toMillis(), TimeUnit.MILLISECONDS, scheduler);
  }

  /** Repeats what fails in a passing way. Signals what does not pass, or the last failure. */
  Completable repeating(Completable attempt, Predicate<Throwable> passing) {
    long attemptsMax = Math.max(1, atMost.toMillis() / LOOK_EVERY_MILLIS);
    return attempt.retryWhen(
        failures ->
            failures
                .zipWith(Flowable.rangeLong(1, attemptsMax), Attempt::new)
                .concatMap(
                    failed ->
                        failed.number() < attemptsMax && passing.test(failed.failure())
                            ? Flowable.timer(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS, scheduler)
                            : Flowable.error(failed.failure())));
  }

  private record Attempt(Throwable failure, long number) {}
}
