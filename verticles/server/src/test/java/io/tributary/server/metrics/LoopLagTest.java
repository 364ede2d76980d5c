package io.tributary.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LoopLagTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @Test
  void ticksInTimeShouldCountAsNoLag() {
    TestScheduler scheduler = new TestScheduler();
    Disposable testee = watch(scheduler);

    scheduler.advanceTimeBy(2, TimeUnit.SECONDS);

    assertThat(timer().count()).isEqualTo(4);
    assertThat(timer().totalTime(TimeUnit.MILLISECONDS)).isZero();
    testee.dispose();
    scheduler.advanceTimeBy(2, TimeUnit.SECONDS);
    assertThat(timer().count()).isEqualTo(4);
  }

  @Test
  void aLateTickShouldCountWithItsDelay() {
    TestScheduler scheduler = new TestScheduler();
    AtomicLong lateMillis = new AtomicLong();
    Disposable testee = watch(new LateScheduler(scheduler, lateMillis));

    lateMillis.set(70);
    scheduler.advanceTimeBy(500, TimeUnit.MILLISECONDS);

    assertThat(timer().max(TimeUnit.MILLISECONDS)).isEqualTo(70);
    testee.dispose();
  }

  /** Tells a later time than the one at which it runs things. */
  private static final class LateScheduler extends Scheduler {
    private final Scheduler scheduler;
    private final AtomicLong lateMillis;

    LateScheduler(Scheduler scheduler, AtomicLong lateMillis) {
      this.scheduler = scheduler;
      this.lateMillis = lateMillis;
    }

    @Override
    public long now(TimeUnit unit) {
      return scheduler.now(unit) + unit.convert(lateMillis.get(), TimeUnit.MILLISECONDS);
    }

    @Override
    public Worker createWorker() {
      return scheduler.createWorker();
    }
  }

  private Disposable watch(Scheduler scheduler) {
    return LoopLag.watch(scheduler, new LoopLag.Loop("mailbox.0"), registry);
  }

  private Timer timer() {
    return registry.get("tributary.eventloop.lag").tag("loop", "mailbox.0").timer();
  }
}
