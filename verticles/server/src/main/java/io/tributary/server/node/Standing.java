package io.tributary.server.node;

import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.Disposable;
import io.tributary.discovery.Discovery;
import io.tributary.mailbox.Ownership;
import io.tributary.server.cell.Tenure;
import io.tributary.server.http.HttpVerticle;
import io.vertx.core.Vertx;
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

  /** Until disposed. For a node that has joined. */
  Disposable follow(Scheduler scheduler) {
    return Tenure.of(discovery, scheduler)
        .skip(1) // it has just joined
        .subscribe(this::become);
  }

  private void become(Ownership now) {
    LOG.info("event=node.ownership is={}", now);
    told.accept(now);
    if (now == Ownership.LOST) {
      HttpVerticle.endSessions(vertx);
    }
  }
}
