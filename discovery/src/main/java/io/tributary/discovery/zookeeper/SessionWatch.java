package io.tributary.discovery.zookeeper;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.processors.BehaviorProcessor;
import io.reactivex.rxjava3.processors.FlowableProcessor;
import io.tributary.discovery.membership.SessionState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the client stands with ZooKeeper, as values. Safe for any thread. */
final class SessionWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SessionWatch.class);

  private final FlowableProcessor<SessionState> states =
      BehaviorProcessor.createDefault(SessionState.CONNECTED).toSerialized();
  private volatile SessionState now = SessionState.CONNECTED;
  private final Disposable listening;

  /** Assumes a connected client. */
  SessionWatch(Znodes znodes) {
    this.listening = znodes.onSession(this::note);
  }

  SessionState now() {
    return now;
  }

  /** The state now and at each change; a slow subscriber sees only the newest. */
  Flowable<SessionState> states() {
    return states.onBackpressureLatest().distinctUntilChanged();
  }

  /** Watches are set again by themselves; this only makes sure, and sooner. */
  static void readAgain(Completable reading) {
    var unused =
        reading.subscribe(
            () -> {},
            error -> LOG.info("event=discovery.read_again reason=\"{}\"", error.getMessage()));
  }

  private void note(SessionState state) {
    now = state;
    LOG.info("event=zookeeper.session state={}", now);
    states.onNext(now);
  }

  @Override
  public void close() {
    listening.dispose();
    states.onComplete();
  }
}
