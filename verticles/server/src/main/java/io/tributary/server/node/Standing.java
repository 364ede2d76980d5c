package io.tributary.server.node;

import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.Disposable;
import io.tributary.discovery.Discovery;
import io.tributary.discovery.membership.SessionState;
import io.tributary.mailbox.Ownership;
import io.tributary.server.http.HttpVerticle;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How this node stands with its cell, and what follows: out of touch with ZooKeeper, every read
 * asks the log; once the session is known to have expired others have served its mailboxes, so what
 * is in memory is forgotten and sessions are told {@code bye}, until the ring holds its new life.
 */
final class Standing {
  private static final Logger LOG = LoggerFactory.getLogger(Standing.class);

  private static final long LOOK_MILLIS = 1_000;

  private final Discovery discovery;
  private final Vertx vertx;
  private final Consumer<Ownership> told;

  /**
   * @param told each change
   */
  Standing(Discovery discovery, Vertx vertx, Consumer<Ownership> told) {
    this.discovery = discovery;
    this.vertx = vertx;
    this.told = told;
  }

  /** Until disposed. For a node that has joined. Looks again now and then: nothing tells all. */
  Disposable follow(Scheduler scheduler) {
    return Flowable.combineLatest(
            discovery.sessions(),
            discovery.rings(),
            Flowable.interval(0, LOOK_MILLIS, TimeUnit.MILLISECONDS, scheduler)
                .onBackpressureDrop(),
            (session, ring, look) -> now(session))
        .distinctUntilChanged()
        .skip(1) // it has just joined
        .subscribe(this::become);
  }

  private Ownership now(SessionState session) {
    return switch (session) {
      case CONNECTED -> discovery.ready() ? Ownership.SURE : Ownership.UNSURE;
      case SUSPENDED -> Ownership.UNSURE;
      case LOST -> Ownership.LOST;
    };
  }

  private void become(Ownership now) {
    LOG.info("event=node.ownership is={}", now);
    told.accept(now);
    if (now == Ownership.LOST) {
      HttpVerticle.endSessions(vertx);
    }
  }
}
