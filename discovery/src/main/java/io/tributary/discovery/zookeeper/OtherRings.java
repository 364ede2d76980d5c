package io.tributary.discovery.zookeeper;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.disposables.Disposable;
import io.tributary.discovery.membership.NodeInfo;
import io.tributary.discovery.membership.SessionState;
import io.tributary.discovery.placement.Cell;
import io.tributary.discovery.ring.Ring;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rings of the other cells, each followed in its cell's ZooKeeper. One that is away keeps its
 * last value. Safe for any thread.
 */
final class OtherRings {
  private static final Logger LOG = LoggerFactory.getLogger(OtherRings.class);

  private final Ensembles ensembles;
  private final String ownCell;
  private final Runnable changed;
  private final Map<String, Followed> cells = new ConcurrentHashMap<>();
  private boolean closed; // guarded by this

  /**
   * @param changed run after each change of one of them
   */
  OtherRings(Ensembles ensembles, String ownCell, Runnable changed) {
    this.ensembles = ensembles;
    this.ownCell = ownCell;
    this.changed = changed;
  }

  /** A cell's ring, what is known of its ZooKeeper, and the connection's state being followed. */
  private record Followed(
      String zookeeper, ZnodeWatch<Ring> ring, SessionWatch session, Disposable states) {
    void close() {
      states.dispose();
      session.close();
      ring.close();
    }
  }

  /** The empty ring for a cell that isn't known. */
  Ring of(String cell) {
    Followed followed = cells.get(cell);
    return followed == null ? Ring.EMPTY : followed.ring().value();
  }

  /** Those of all these rings, behind the given ones. */
  List<NodeInfo> nodesAnd(List<NodeInfo> own) {
    return Stream.concat(
            own.stream(),
            cells.values().stream().flatMap(followed -> followed.ring().value().nodes().stream()))
        .toList();
  }

  /** Reads it now. Completes at once for a cell that isn't known. */
  Completable refresh(String cell) {
    Followed followed = cells.get(cell);
    return followed == null ? Completable.complete() : followed.ring().refresh().ignoreElement();
  }

  /** Follows these from now on; those that were followed before and are not among them no more. */
  synchronized void follow(List<Cell> listed) {
    if (closed) {
      return;
    }
    listed.stream()
        .filter(cell -> !cell.name().equals(ownCell))
        .filter(cell -> !isFollowed(cell))
        .forEach(this::follow);
  }

  private boolean isFollowed(Cell cell) {
    Followed followed = cells.get(cell.name());
    return followed != null && followed.zookeeper().equals(cell.zookeeper());
  }

  private void follow(Cell cell) {
    Znodes znodes = ensembles.of(cell.zookeeper());
    ZnodeWatch<Ring> ring =
        new ZnodeWatch<>(
            znodes,
            new Paths(cell.name()).ring(),
            ClusterRecords::decodeRing,
            Ring.EMPTY,
            read -> isNow(cell, read));
    SessionWatch session = new SessionWatch(znodes);
    Disposable states =
        session
            .states()
            .filter(SessionState.LOST::equals)
            .subscribe(lost -> ring.startOver(), failure -> LOG.error("event=ring.other", failure));
    Followed before = cells.put(cell.name(), new Followed(cell.zookeeper(), ring, session, states));
    ring.start();
    if (before != null) {
      before.close();
    }
  }

  private void isNow(Cell cell, Ring read) {
    LOG.info("event=ring.other cell={} version={}", cell.name(), read.version());
    changed.run();
  }

  synchronized void close() {
    closed = true;
    cells.values().forEach(Followed::close);
    cells.clear();
  }
}
