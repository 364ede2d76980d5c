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
import io.tributary.discovery.placement.MemoryLocator;
import io.tributary.discovery.placement.Placement;
import io.tributary.discovery.placement.PlacementChanges;
import io.tributary.discovery.ring.Ring;
import io.tributary.discovery.zookeeper.CellCluster;
import io.tributary.discovery.zookeeper.Ensembles;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The facade over one cell's cluster in ZooKeeper. */
final class ZooKeeperDiscovery implements Discovery {
  private final CellCluster cluster;
  private final DiscoverySettings settings;
  private final CellLocator locator;
  private final Placement placement;

  private ZooKeeperDiscovery(
      CellCluster cluster, DiscoverySettings settings, DiscoveryEnvironment environment) {
    this.cluster = cluster;
    this.settings = settings;
    this.locator = new MemoryLocator(cluster::map, cluster::ring);
    this.placement =
        new Placement(cluster::map, cell -> cluster.ring(cell).isServed(), environment.random());
  }

  static Single<Discovery> start(
      Ensembles ensembles, DiscoverySettings settings, DiscoveryEnvironment environment) {
    return Single.defer(
        () -> {
          CellCluster cluster =
              new CellCluster(
                  ensembles,
                  new CellCluster.Identity(
                      settings.cell(),
                      settings.node(),
                      settings.sessionTimeoutMillis(),
                      settings.founding()),
                  environment.scheduler(),
                  environment.random());
          return cluster
              .start()
              .toSingle(() -> new ZooKeeperDiscovery(cluster, settings, environment));
        });
  }

  @Override
  public Completable join(Endpoint grpc) {
    return cluster.join(grpc, settings.tokens());
  }

  @Override
  public Completable announce(NodeState state) {
    return Completable.fromAction(() -> cluster.announce(state));
  }

  @Override
  public Completable publish(NodeLoad load) {
    return cluster.publish(load);
  }

  @Override
  public Single<Map<Incarnation, NodeLoad>> loads() {
    return cluster.loads();
  }

  @Override
  public Completable drain(NodeInfo node) {
    return cluster.drain(node);
  }

  @Override
  public Completable drained() {
    return cluster.drained();
  }

  @Override
  public CellLocator locator() {
    return locator;
  }

  @Override
  public Placement placement() {
    return placement;
  }

  @Override
  public Ring ring() {
    return cluster.ring();
  }

  @Override
  public Ring ring(String cell) {
    return cluster.ring(cell);
  }

  @Override
  public PlacementChanges changes() {
    return cluster.changes();
  }

  @Override
  public CellMap cells() {
    return cluster.map();
  }

  @Override
  public Flowable<Ring> rings() {
    return cluster.rings();
  }

  @Override
  public Flowable<List<NodeInfo>> everybody() {
    return cluster.everybody();
  }

  @Override
  public Completable refresh(String cell) {
    return cluster.refresh(cell);
  }

  @Override
  public Flowable<SessionState> sessions() {
    return cluster.sessions();
  }

  @Override
  public Optional<NodeInfo> self() {
    return cluster.self();
  }

  @Override
  public boolean ready() {
    return notReadyReason().isEmpty();
  }

  @Override
  public String notReadyReason() {
    return cluster.notReadyReason();
  }

  @Override
  public Completable close() {
    return cluster.close();
  }
}
