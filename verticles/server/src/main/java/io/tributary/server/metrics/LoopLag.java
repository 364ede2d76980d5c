package io.tributary.server.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.Disposable;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How late an event loop is: it ticks twice a second and times what a tick is behind. */
public final class LoopLag {
  private static final long TICK_MILLIS = 500;

  private LoopLag() {}

  /** Which event loop: a bounded label. */
  public record Loop(String name) {}

  /** Measures until it is disposed. */
  public static Disposable watch(Scheduler scheduler, Loop loop, MeterRegistry registry) {
    Timer lag =
        Timer.builder("tributary.eventloop.lag")
            .description("How long after its time a tick of the event loop ran")
            .tag("loop", loop.name())
            .serviceLevelObjectives(
                Duration.ofMillis(5), Duration.ofMillis(50), Duration.ofMillis(500))
            .register(registry);
    return Flowable.interval(TICK_MILLIS, TimeUnit.MILLISECONDS, scheduler)
        .onBackpressureDrop()
        .timeInterval(TimeUnit.MILLISECONDS, scheduler)
        .subscribe(
            tick -> lag.record(Math.max(0, tick.time() - TICK_MILLIS), TimeUnit.MILLISECONDS));
  }
}
