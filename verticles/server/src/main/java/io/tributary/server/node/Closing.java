package io.tributary.server.node;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.Disposable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is to be closed: in the reverse order of opening, each within a bound, the rest also if one
 * fails. Safe for any thread.
 */
final class Closing {
  private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

  private final Scheduler scheduler;
  private final Deque<Step> steps = new ArrayDeque<>();
  private boolean closing;

  private record Step(String what, Duration atMost, Completable close) {}

  Closing(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  /** Remembers what was opened; what is opened while all is being closed is closed at once. */
  void add(String what, Duration atMost, Completable close) {
    Step step = new Step(what, atMost, close);
    if (!remembered(step)) {
      Disposable unused = close(step).subscribe();
    }
  }

  private synchronized boolean remembered(Step step) {
    if (!closing) {
      steps.push(step);
    }
    return !closing;
  }

  /** Closes everything. Never fails; a second call closes nothing. */
  Completable run() {
    return Completable.defer(
        () -> Flowable.fromIterable(taken()).concatMapCompletable(this::close));
  }

  private synchronized List<Step> taken() {
    closing = true;
    List<Step> taken = new ArrayList<>(steps);
    steps.clear();
    return taken;
  }

  private Completable close(Step step) {
    return step.close()
        .timeout(step.atMost().toMillis(), TimeUnit.MILLISECONDS, scheduler)
        .doOnSubscribe(began -> LOG.info("event=node.closing what={}", step.what()))
        .doOnError(
            failure ->
                LOG.warn("event=node.close_failed what={} reason=\"{}\"", step.what(), failure))
        .onErrorComplete();
  }
}
