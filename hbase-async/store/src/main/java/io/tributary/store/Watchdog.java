package io.tributary.store;

import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.hbase.async.GetRequest;
import org.hbase.async.TableNotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks HBase for a row twice a second and replaces a client that fails to answer: after HBase was
 * away asynchbase waits longer and longer before it tries again, and some of its calls never end.
 *
 * <p>A client that has answered before may fail once. A fresh one is given more time, since it has
 * to find its way first, and is replaced after one failure, so that one of them is always young
 * when HBase comes back.
 *
 * <p>All state belongs to the scheduler's worker that runs the probes, one after the other.
 */
final class Watchdog {

  /**
   * @param every between the beginnings of two probes, if they are answered
   * @param answerMax how long a client that has answered before may take
   * @param firstAnswerMax how long a fresh one may take
   */
  record Rhythm(Duration every, Duration answerMax, Duration firstAnswerMax) {

    static final Rhythm DEFAULT =
        new Rhythm(Duration.ofMillis(500), Duration.ofMillis(1_500), Duration.ofMillis(2_500));
  }

  private static final int FAILURES_MAX = 2;

  private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

  /** No row has this key, and that is an answer too. */
  private static final byte[] PROBED_KEY = {0};

  private final HBaseClients clients;
  private final byte[] table;
  private final Rhythm rhythm;
  private int failures;
  private boolean fresh = true;
  private volatile HBaseHealth health = HBaseHealth.bad("not asked yet");

  Watchdog(HBaseClients clients, HBaseSettings.Table table, Rhythm rhythm) {
    this.clients = clients;
    this.table = table.toString().getBytes(StandardCharsets.UTF_8);
    this.rhythm = rhythm;
  }

  HBaseHealth health() {
    return health;
  }

  /** Probes until it is disposed. */
  Disposable start(Scheduler scheduler) {
    return Flowable.interval(0, rhythm.every().toMillis(), TimeUnit.MILLISECONDS, scheduler)
        .onBackpressureDrop()
        .concatMapSingle(tick -> probe(scheduler), 1)
        .subscribe(seen -> {}, failure -> LOG.error("event=hbase.watchdog_ended", failure));
  }

  private Single<HBaseHealth> probe(Scheduler scheduler) {
    ClientGeneration generation = clients.current();
    long millis = (fresh ? rhythm.firstAnswerMax() : rhythm.answerMax()).toMillis();
    return ask(generation)
        .observeOn(scheduler)
        .timeout(millis, TimeUnit.MILLISECONDS, scheduler, Single.just(late(millis)))
        .onErrorReturn(failure -> HBaseHealth.bad(failure.getClass().getSimpleName()))
        .doOnSuccess(seen -> judge(generation, seen));
  }

  private Single<HBaseHealth> ask(ClientGeneration generation) {
    return Deferreds.single(
            () -> generation.client().get(new GetRequest(table, PROBED_KEY)), () -> {})
        .map(row -> HBaseHealth.GOOD)
        .onErrorResumeNext(
            failure ->
                failure instanceof TableNotFoundException
                    ? Single.just(
                        HBaseHealth.bad(
                            "table is missing: " + new String(table, StandardCharsets.UTF_8)))
                    : Single.error(failure));
  }

  private static HBaseHealth late(long millis) {
    return HBaseHealth.bad("no answer within %d ms".formatted(millis));
  }

  private void judge(ClientGeneration generation, HBaseHealth seen) {
    if (seen.answering()) {
      failures = 0;
      fresh = false;
      tell(seen);
      return;
    }
    failures++;
    if (fresh || failures >= FAILURES_MAX) {
      fresh = true;
      tell(seen);
      clients.replace(generation);
    }
  }

  private void tell(HBaseHealth seen) {
    if (seen.answering() != health.answering()) {
      LOG.info("event=hbase.health answering={} reason={}", seen.answering(), seen.reason());
    }
    health = seen;
  }
}
