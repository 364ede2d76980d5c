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
 * Asks HBase for a row every second and replaces a client that fails to answer: after HBase was
 * away asynchbase waits longer and longer before it tries again, and some of its calls never end.
 *
 * <p>All state belongs to the scheduler's worker that runs the probes, one after the other.
 */
final class Watchdog {

  /** How often, how long, and how many failures make a client broken. */
  record Rhythm(Duration every, Duration answerMax, int failuresMax) {

    static final Rhythm DEFAULT = new Rhythm(Duration.ofMillis(500), Duration.ofMillis(1_000), 2);
  }

  private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

  /** No row has this key, and that is an answer too. */
  private static final byte[] PROBED_KEY = {0};

  private final HBaseClients clients;
  private final byte[] table;
  private final Rhythm rhythm;
  private int failures;
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
    return ask(generation)
        .observeOn(scheduler)
        .timeout(rhythm.answerMax().toMillis(), TimeUnit.MILLISECONDS, scheduler, late())
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

  private Single<HBaseHealth> late() {
    return Single.just(
        HBaseHealth.bad("no answer within %d ms".formatted(rhythm.answerMax().toMillis())));
  }

  private void judge(ClientGeneration generation, HBaseHealth seen) {
    if (seen.answering() != health.answering()) {
      LOG.info("event=hbase.health answering={} reason={}", seen.answering(), seen.reason());
    }
    health = seen;
    failures = seen.answering() ? 0 : failures + 1;
    if (failures >= rhythm.failuresMax()) {
      failures = 0;
      clients.replace(generation);
    }
  }
}
