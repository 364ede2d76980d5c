package io.tributary.discovery.zookeeper;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.identity.Incarnation;
import io.tributary.discovery.membership.ClusterUnavailableException;
import io.tributary.discovery.membership.NodeIdTakenException;
import io.tributary.discovery.membership.NodeInfo;
import io.tributary.discovery.zookeeper.Znodes.Lasting;
import io.tributary.discovery.zookeeper.Znodes.Znode;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node's ephemeral znode. A znode of our id that another session holds may be our own: of this
 * process before its session expired, then it is removed at once; or of a process before us that
 * was killed, then it goes away with its session. Anything else is another running node.
 *
 * <p>Keeps no state but the incarnations of this process. Safe for any thread.
 */
final class Registration {
  private static final Logger LOG = LoggerFactory.getLogger(Registration.class);
  private static final long MARGIN_MILLIS = 3_000;
  private static final long PAUSE_MILLIS = 100;

  private final Znodes znodes;
  private final Paths paths;
  private final Scheduler scheduler;
  private final long graceMillis;
  private final Set<Incarnation> ownLives = ConcurrentHashMap.newKeySet();

  /**
   * @param sessionTimeoutMillis of this process, and of the one before
   */
  Registration(Znodes znodes, Paths paths, Scheduler scheduler, long sessionTimeoutMillis) {
    this.znodes = znodes;
    this.paths = paths;
    this.scheduler = scheduler;
    this.graceMillis = sessionTimeoutMillis + MARGIN_MILLIS;
  }

  /**
   * Registers, waiting for an earlier life to expire.
   *
   * <p>Signals {@link NodeIdTakenException} if that takes too long, {@link
   * ClusterUnavailableException}.
   */
  Completable register(NodeInfo node) {
    ownLives.add(node.incarnation());
    long deadline = scheduler.now(TimeUnit.MILLISECONDS) + graceMillis;
    return attempt(node, deadline);
  }

  private Completable attempt(NodeInfo node, long deadline) {
    return znodes
        .create(paths.node(node.id()), ClusterRecords.encode(node), Lasting.EPHEMERAL)
        .flatMapCompletable(created -> created ? Completable.complete() : contend(node, deadline));
  }

  private Completable contend(NodeInfo node, long deadline) {
    return znodes
        .read(paths.node(node.id()))
        .flatMapCompletable(holder -> contend(node, holder, deadline))
        .andThen(isOurs(node))
        .flatMapCompletable(
            ours -> ours ? Completable.complete() : pause().andThen(again(node, deadline)));
  }

  private Completable again(NodeInfo node, long deadline) {
    return Completable.defer(() -> attempt(node, deadline));
  }

  private Completable contend(NodeInfo node, Znode holder, long deadline) {
    NodeInfo held = ClusterRecords.decodeNode(holder.data());
    if (held.incarnation().equals(node.incarnation()) && holder.owner() == znodes.session()) {
      return Completable.complete(); // our own create, which seemed to fail
    }
    if (ownLives.contains(held.incarnation())) {
      return znodes.delete(paths.node(node.id()), holder.version());
    }
    if (scheduler.now(TimeUnit.MILLISECONDS) >= deadline) {
      return Completable.error(taken(held, holder));
    }
    LOG.info(
        "event=membership.wait node={} holder={} session=0x{}",
        node.id(),
        held.incarnation(),
        Long.toHexString(holder.owner()));
    return Completable.complete();
  }

  private NodeIdTakenException taken(NodeInfo held, Znode holder) {
    return new NodeIdTakenException(
        ("node id '%s' is held by another running node of cell '%s': gRPC %s, incarnation %s,"
                + " ZooKeeper session 0x%x: stop it, or give this one another node.id")
            .formatted(held.id(), paths.cell(), held.grpc(), held.incarnation(), holder.owner()));
  }

  /** Whether the znode is of this session and says who we are. */
  Single<Boolean> isOurs(NodeInfo node) {
    return znodes
        .read(paths.node(node.id()))
        .filter(znode -> znode.owner() == znodes.session())
        .map(znode -> ClusterRecords.decodeNode(znode.data()).incarnation())
        .map(incarnation -> incarnation.equals(node.incarnation()))
        .defaultIfEmpty(false);
  }

  /** Says something new in a znode of ours. False if it isn't. */
  Single<Boolean> change(NodeInfo node) {
    return znodes
        .read(paths.node(node.id()))
        .filter(znode -> znode.owner() == znodes.session())
        .flatMapSingle(
            znode ->
                znodes.replace(paths.node(node.id()), ClusterRecords.encode(node), znode.version()))
        .defaultIfEmpty(false);
  }

  /** Removes a znode of ours at once. */
  Completable leave(NodeInfo node) {
    return znodes
        .read(paths.node(node.id()))
        .filter(znode -> znode.owner() == znodes.session())
        .flatMapCompletable(znode -> znodes.delete(paths.node(node.id()), znode.version()));
  }

  private Completable pause() {
    return Completable.timer(PAUSE_MILLIS, TimeUnit.MILLISECONDS, scheduler);
  }
}
