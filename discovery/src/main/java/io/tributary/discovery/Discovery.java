package io.tributary.discovery;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.identity.Incarnation;
import io.tributary.discovery.membership.Endpoint;
import io.tributary.discovery.membership.NodeInfo;
import io.tributary.discovery.membership.NodeLoad;
import io.tributary.discovery.membership.NodeState;
import io.tributary.discovery.membership.SessionState;
import io.tributary.discovery.placement.CellLocator;
import io.tributary.discovery.placement.CellMap;
import io.tributary.discovery.placement.Placement;
import io.tributary.discovery.placement.PlacementChanges;
import io.tributary.discovery.ring.Ring;
import io.tributary.discovery.zookeeper.Ensembles;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Slots, pins, membership and ring of one process, kept in memory and followed in ZooKeeper. All
 * lookups keep working while ZooKeeper is away. Safe for any thread.
 */
public interface Discovery {
  /**
   * Reads and watches the tables; on a new ensemble it writes them first. The clients must be
   * started; they stay the caller's, may be shared and are not closed here.
   *
   * <p>Signals {@link io.tributary.discovery.membership.ClusterUnavailableException} if ZooKeeper
   * does not answer within twice the session time-out, {@link IllegalArgumentException} if it knows
   * cells, but not this one.
   */
  static Single<Discovery> start(
      Ensembles ensembles, DiscoverySettings settings, DiscoveryEnvironment environment) {
    return ZooKeeperDiscovery.start(ensembles, settings, environment);
  }

  /**
   * Registers this node as UP and completes once the ring contains it. After an expired session it
   * registers again by itself, as a new incarnation. If it keeps coming and going without leaving
   * in order it is JOINING for a while, which grows to a minute.
   *
   * <p>Signals {@link io.tributary.discovery.membership.NodeIdTakenException} if another process
   * still holds the node id when our own previous life would long have expired.
   */
  Completable join(Endpoint grpc);

  /** Changes what this node says of itself, for example DRAINING before it leaves. */
  Completable announce(NodeState state);

  /**
   * Says how this node is doing, for {@link #loads}.
   *
   * <p>Signals {@link io.tributary.discovery.membership.ClusterUnavailableException}.
   */
  Completable publish(NodeLoad load);

  /**
   * What the nodes of this cell said last, each as one of its lives.
   *
   * <p>Signals {@link io.tributary.discovery.membership.ClusterUnavailableException}.
   */
  Single<Map<Incarnation, NodeLoad>> loads();

  /**
   * Has a node of this cell told to leave; complete when the wish stands.
   *
   * <p>Signals {@link io.tributary.discovery.membership.ClusterUnavailableException}.
   */
  Completable drain(NodeInfo node);

  /** Completes when somebody wants this node, in this life, to leave. */
  Completable drained();

  /** What this node says of itself; empty before it joins. */
  Optional<NodeInfo> self();

  CellLocator locator();

  /** All cells there are. */
  CellMap cells();

  /** Draws ids for new users. */
  Placement placement();

  /** Changes the list of cells, and pins. */
  PlacementChanges changes();

  /** This cell's ring as known now. */
  Ring ring();

  /** A cell's ring as known now; empty if no such cell is known. */
  Ring ring(String cell);

  /** The ring now and at each change; slow consumers see only the newest. */
  Flowable<Ring> rings();

  /**
   * The nodes of all cells' rings, now and at each change; slow consumers see only the newest. What
   * is known of a cell whose ZooKeeper is away stays.
   */
  Flowable<List<NodeInfo>> everybody();

  /** Reads the cell's ring and the slot table anew, because someone knows newer ones. */
  Completable refresh(String cell);

  /** The connection now and at each change. */
  Flowable<SessionState> sessions();

  /** This node is in the ring, as far as it knows, and can look up everything. */
  boolean ready();

  /** Why {@link #ready} says no, for people; empty if it says yes. */
  String notReadyReason();

  /** Removes the registration at once and stops watching. The client stays open. */
  Completable close();
}
