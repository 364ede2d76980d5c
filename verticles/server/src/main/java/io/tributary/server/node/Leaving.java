package io.tributary.server.node;

import io.reactivex.rxjava3.core.Completable;
import io.tributary.discovery.Discovery;
import io.tributary.discovery.membership.NodeInfo;
import io.tributary.discovery.membership.NodeState;
import io.tributary.discovery.ring.Ring;
import io.tributary.server.ops.Condition;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first of the end: snapshots of what would have to be replayed, then this node's share goes to
 * the others while its faces still take what comes and lead it there. If nobody else serves, it
 * serves to the last.
 */
final class Leaving {
  static final Duration MAX = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(Leaving.class);
  private static final Duration SNAPSHOTS_MAX = Duration.ofSeconds(2);
  private static final Duration RING_MAX = Duration.ofSeconds(2);

  private final Site site;
  private final Discovery discovery;

  Leaving(Site site, Discovery discovery) {
    this.site = site;
    this.discovery = discovery;
  }

  /** Bounded; never fails. */
  Completable run(Completable snapshots) {
    return Completable.fromAction(() -> site.readiness().set("ring", Condition.notReady("leaving")))
        .andThen(within(SNAPSHOTS_MAX, "snapshots", snapshots))
        .andThen(Completable.defer(this::giveShare));
  }

  private Completable giveShare() {
    Ring ring = discovery.ring();
    boolean others = ring.nodes().stream().anyMatch(this::serves);
    return others
        ? within(RING_MAX, "ring", discovery.announce(NodeState.DRAINING).andThen(shareGone()))
        : Completable.complete();
  }

  private boolean serves(NodeInfo node) {
    return node.state() == NodeState.UP && !isSelf(node);
  }

  private boolean isSelf(NodeInfo node) {
    return node.id().equals(site.config().node().id());
  }

  private Completable shareGone() {
    return discovery
        .rings()
        .takeUntil(
            (Ring ring) ->
                ring.nodes().stream()
                    .noneMatch(node -> isSelf(node) && node.state() == NodeState.UP))
        .ignoreElements();
  }

  private Completable within(Duration atMost, String what, Completable step) {
    return step.timeout(atMost.toMillis(), TimeUnit.MILLISECONDS, site.environment().background())
        .doOnError(late -> LOG.warn("event=node.leaving_late what={}", what))
        .onErrorComplete();
  }
}
