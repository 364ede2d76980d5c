package io.tributary.server.node;

import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import io.reactivex.rxjava3.disposables.Disposable;
import io.tributary.codecs.identity.UserId;
import io.tributary.discovery.Discovery;
import io.tributary.discovery.membership.NodeInfo;
import io.tributary.mailbox.Ownership;
import io.tributary.server.cell.Tenure;
import io.tributary.server.http.HttpVerticle;
import io.vertx.core.Vertx;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How this node stands with its cell, and what follows: out of touch with ZooKeeper, every read
 * asks the log. Once it knows that others have served in its place, what is in memory is forgotten
 * and sessions are told {@code bye}; of single mailboxes that change hands nothing old is kept.
 */
final class Standing {
  private static final Logger LOG = LoggerFactory.getLogger(Standing.class);

  private final Discovery discovery;
  private final Vertx vertx;
  private final Told told;

  /** Who hears of it. */
  interface Told {
    /** Each change. */
    void ownership(Ownership now);

    /** What is known of these users' mailboxes may be old. */
    void handover(Predicate<UserId> users);
  }

  Standing(Discovery discovery, Vertx vertx, Told told) {
    this.discovery = discovery;
    this.vertx = vertx;
    this.told = told;
  }

  /** Until disposed. For a node that has joined. */
  Disposable follow(Scheduler scheduler) {
    String node = discovery.self().map(NodeInfo::id).orElseThrow();
    return new CompositeDisposable(
        Tenure.handovers(discovery, node).subscribe(told::handover),
        Tenure.of(discovery, scheduler)
            .skip(1) // it has just joined
            .subscribe(this::become));
  }

  private void become(Ownership now) {
    LOG.info("event=node.ownership is={}", now);
    told.ownership(now);
    if (now == Ownership.LOST) {
      HttpVerticle.endSessions(vertx);
    }
  }
}
