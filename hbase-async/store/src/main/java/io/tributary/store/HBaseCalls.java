package io.tributary.store;

import com.stumbleupon.async.Deferred;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.tributary.storage.StorageUnavailableException;
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

  /** What is asked, as a label of the metrics. */
  enum Operation {
    PUT_IF_ABSENT("put_if_absent"),
    COMPARE_AND_SET("compare_and_set"),
    GET("get"),
    GET_EACH("get_each"),
    SCAN("scan");

    private final String label;

    Operation(String label) {
      this.label = label;
    }
  }

  private final HBaseClients clients;
  private final Duration deadline;
  private final MeterRegistry meters;

  HBaseCalls(HBaseClients clients, Duration deadline, MeterRegistry meters) {
    this.clients = clients;
    this.deadline = deadline;
    this.meters = meters;
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
          Timer.Sample sample = Timer.start(meters);
          return bounded(call)
              .observeOn(scheduler)
              .timeout(deadline.toMillis(), TimeUnit.MILLISECONDS, scheduler, late())
              .onErrorResumeNext(failure -> Single.error(Failures.of(failure)))
              .doOnSuccess(answer -> count(operation, "ok", sample))
              .doOnError(failure -> count(operation, outcome(failure), sample));
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

  private void count(Operation operation, String outcome, Timer.Sample sample) {
    meters.counter("tributary.hbase.calls", "op", operation.label, "outcome", outcome).increment();
    sample.stop(meters.timer("tributary.hbase.call.latency", "op", operation.label));
  }

  private static String outcome(Throwable failure) {
    if (failure instanceof StorageUnavailableException unavailable) {
      return unavailable.certainlyNotApplied() ? "not_applied" : "unknown";
    }
    return "error";
  }
}
