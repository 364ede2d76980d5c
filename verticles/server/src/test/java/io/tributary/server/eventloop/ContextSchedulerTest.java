package io.tributary.server.eventloop;

import static org.assertj.core.api.Assertions.assertThat;

import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ContextSchedulerTest {
  private static final Instant NOW = Instant.ofEpochMilli(1_700_000_000_123L);

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final Scheduler testee = ContextScheduler.of(context, () -> NOW);

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void workShouldRunOnTheContextInOrder() {
    List<Integer> order =
        Observable.fromStream(IntStream.range(0, 1_000).boxed())
            .observeOn(testee)
            .filter(ignored -> Vertx.currentContext() == context)
            .toList()
            .blockingGet();

    assertThat(order).hasSize(1_000).isSorted();
  }

  @Test
  void workScheduledOnTheContextItselfShouldRunLater() {
    List<String> order =
        Single.fromCallable(
                () -> {
                  StringBuilder seen = new StringBuilder();
                  Scheduler.Worker worker = testee.createWorker();
                  worker.schedule(() -> seen.append("later"));
                  seen.append("first ");
                  return seen;
                })
            .subscribeOn(testee)
            .delay(1, TimeUnit.MILLISECONDS, testee)
            .map(seen -> List.of(seen.toString().split(" ")))
            .blockingGet();

    assertThat(order).containsExactly("first", "later");
  }

  @Test
  void timeShouldComeFromTheInjectedClock() {
    assertThat(testee.now(TimeUnit.MILLISECONDS)).isEqualTo(NOW.toEpochMilli());
    assertThat(testee.createWorker().now(TimeUnit.SECONDS)).isEqualTo(NOW.getEpochSecond());
  }

  @Test
  void delayedWorkShouldNotRunEarly() {
    long began = System.nanoTime();

    Single.timer(1_500, TimeUnit.MICROSECONDS, testee).ignoreElement().blockingAwait();

    assertThat(System.nanoTime() - began).isGreaterThanOrEqualTo(1_500_000);
  }

  @Test
  void disposedWorkShouldNotRun() throws InterruptedException {
    AtomicBoolean ran = new AtomicBoolean();
    Scheduler.Worker worker = testee.createWorker();
    worker.schedule(() -> ran.set(true), 20, TimeUnit.MILLISECONDS);
    worker.schedule(() -> ran.set(true), 20, TimeUnit.MILLISECONDS).dispose();
    CountDownLatch later = new CountDownLatch(1);
    testee.scheduleDirect(later::countDown, 60, TimeUnit.MILLISECONDS);

    worker.dispose();

    assertThat(worker.isDisposed()).isTrue();
    assertThat(worker.schedule(() -> ran.set(true)).isDisposed()).isTrue();
    assertThat(later.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(ran).isFalse();
  }
}
