package io.tributary.store;

import com.stumbleupon.async.Deferred;
import io.micrometer.core.instrument.MeterRegistry;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.tributary.storage.StorageUnavailableException;
import io.tributary.store.CallMeters.Operation;
import io.tributary.store.CallMeters.Outcome;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.hbase.async.FailfastClient;

/**
 * Every call to HBase goes through here: bounded in number, bounded in time, counted, and with its
 * failure named.
 *
 * <p>Started calls = ok + not_applied + unknown + error + those under way.
 */
final class HBaseCalls {

  private final HBaseClients clients;
  private final Duration deadline;
  private final CallMeters meters;

  HBaseCalls(HBaseClients clients, Duration deadline, MeterRegistry registry) {
    this.clients = clients;
    this.deadline = deadline;
    this.meters = new CallMeters(registry);
  }

  /** For what is known without a call. */
  FailfastClient client() {
    return clients.current().client();
  }

  /**
   * Lazy. Answers on the scheduler, within the deadline.
   *
   * <p>Signals {@link StorageUnavailableException}: "not applied" without asking HBase if too many
   * calls have no answer yet.
   */
  <T> Single<T> run(
      Operation operation, Scheduler scheduler, Function<FailfastClient, Deferred<T>> call) {
    return Single.defer(
        () -> {
          CallMeters.Started started = meters.start(operation);
          return bounded(call)
              .observeOn(scheduler)
              .timeout(deadline.toMillis(), TimeUnit.MILLISECONDS, scheduler, late())
              .onErrorResumeNext(failure -> Single.error(Failures.of(failure)))
              .doOnSuccess(answer -> started.end(Outcome.OK))
              .doOnError(failure -> started.end(outcome(failure)));
        });
  }

  private <T> Single<T> bounded(Function<FailfastClient, Deferred<T>> call) {
    ClientGeneration generation = clients.current();
    if (!generation.tryEnter()) {
      return Single.error(
          StorageUnavailableException.notApplied("too many calls without an answer"));
    }
    return Deferreds.single(() -> call.apply(generation.client()), generation::leave);
  }

  private <T> Single<T> late() {
    return Single.error(
        () ->
            StorageUnavailableException.outcomeUnknown(
                "no answer within %d ms".formatted(deadline.toMillis())));
  }

  private static Outcome outcome(Throwable failure) {
    if (failure instanceof StorageUnavailableException unavailable) {
      return unavailable.certainlyNotApplied() ? Outcome.NOT_APPLIED : Outcome.UNKNOWN;
    }
    return Outcome.ERROR;
  }
}
