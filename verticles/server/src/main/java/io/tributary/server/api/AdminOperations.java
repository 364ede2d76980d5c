package io.tributary.server.api;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.identity.Incarnation;
import io.tributary.discovery.membership.ClusterUnavailableException;
import io.tributary.discovery.membership.NodeInfo;
import io.tributary.discovery.membership.NodeLoad;
import io.tributary.discovery.membership.NodeState;
import io.tributary.discovery.ring.Ring;
import io.tributary.v1.DrainNodeRequest;
import io.tributary.v1.DrainNodeResponse;
import io.tributary.v1.GetRingRequest;
import io.tributary.v1.GetRingResponse;
import io.tributary.v1.ListNodesRequest;
import io.tributary.v1.ListNodesResponse;
import io.tributary.v1.NodeStatus;
import io.tributary.v1.RingNode;
import java.util.Map;
import java.util.Optional;

/** What {@code AdminService} says of nodes and rings, for operators. Safe for any thread. */
public final class AdminOperations {
  private final Self self;
  private final Cluster cluster;

  /** Which node is asked. */
  public record Self(String cell, String node) {}

  /** The nodes of a cell, and the rings of all. */
  public interface Cluster {
    Ring ring();

    /** A cell's; empty if there is no such cell. */
    Optional<Ring> ring(String cell);

    /** Signals {@link ClusterUnavailableException}. */
    Single<Map<Incarnation, NodeLoad>> loads();

    /** Signals {@link ClusterUnavailableException}. */
    Completable drain(NodeInfo node);
  }

  public AdminOperations(Self self, Cluster cluster) {
    this.self = self;
    this.cluster = cluster;
  }

  public Single<GetRingResponse> getRing(Caller caller, GetRingRequest request) {
    caller.mustBeOperator();
    String cell = request.getCell().isEmpty() ? self.cell() : request.getCell();
    return Single.fromSupplier(
        () -> message(cell, cluster.ring(cell).orElseThrow(() -> CellOperations.noSuchCell(cell))));
  }

  /** Without loads if ZooKeeper is away: the ring is known all the same. */
  public Single<ListNodesResponse> listNodes(Caller caller, ListNodesRequest request) {
    caller.mustBeOperator();
    return cluster.loads().onErrorReturnItem(Map.of()).map(loads -> listed(cluster.ring(), loads));
  }

  public Single<DrainNodeResponse> drainNode(Caller caller, DrainNodeRequest request) {
    caller.mustBeOperator();
    String id = request.getNode().isEmpty() ? self.node() : request.getNode();
    NodeInfo node = named(id);
    requireOthers(node);
    return cluster
        .drain(node)
        .onErrorResumeNext(
            away ->
                Completable.error(
                    away instanceof ClusterUnavailableException
                        ? Refusal.retry("ZooKeeper does not answer, retry later")
                        : away))
        .toSingleDefault(
            DrainNodeResponse.newBuilder()
                .setNode(id)
                .setIncarnation(node.incarnation().toString())
                .setAsked(id.equals(self.node()))
                .build());
  }

  private NodeInfo named(String id) {
    return cluster.ring().nodes().stream()
        .filter(node -> node.id().equals(id))
        .findFirst()
        .orElseThrow(
            () -> Refusal.notFound("no node of that id in cell '%s'".formatted(self.cell())));
  }

  private void requireOthers(NodeInfo leaving) {
    boolean others =
        cluster.ring().nodes().stream()
            .anyMatch(node -> node.state() == NodeState.UP && !node.id().equals(leaving.id()));
    if (!others) {
      throw Refusal.unfit(
          "node '%s' is the only one that serves cell '%s': end its process instead"
              .formatted(leaving.id(), self.cell()));
    }
  }

  private ListNodesResponse listed(Ring ring, Map<Incarnation, NodeLoad> loads) {
    Map<String, Double> shares = ring.shares();
    ListNodesResponse.Builder message =
        ListNodesResponse.newBuilder().setCell(self.cell()).setRingVersion(ring.version());
    for (NodeInfo node : ring.nodes()) {
      NodeStatus.Builder status =
          NodeStatus.newBuilder()
              .setNode(node.id())
              .setCell(self.cell())
              .setState(node.state().name())
              .setAddress(node.grpc().toString())
              .setTokens(node.tokens().size())
              .setShare(shares.getOrDefault(node.id(), 0.0))
              .setIncarnation(node.incarnation().toString());
      Optional.ofNullable(loads.get(node.incarnation()))
          .ifPresent(load -> status.setLoad(message(load)));
      message.addNodes(status);
    }
    return message.build();
  }

  private static io.tributary.v1.NodeLoad message(NodeLoad load) {
    return io.tributary.v1.NodeLoad.newBuilder()
        .setRequestsPerSecond(load.requestsPerSecond())
        .setLagMillis(load.lagMillis())
        .setHeapUsedBytes(load.heap().usedBytes())
        .setHeapMaxBytes(load.heap().maxBytes())
        .setVersion(load.version())
        .build();
  }

  private static GetRingResponse message(String cell, Ring seen) {
    Map<String, Double> shares = seen.shares();
    GetRingResponse.Builder message =
        GetRingResponse.newBuilder().setCell(cell).setVersion(seen.version());
    seen.nodes().forEach(node -> message.addNodes(node(node, shares)));
    return message.build();
  }

  private static RingNode node(NodeInfo node, Map<String, Double> shares) {
    return RingNode.newBuilder()
        .setNode(node.id())
        .setState(node.state().name())
        .setTokens(node.tokens().size())
        .setShare(shares.getOrDefault(node.id(), 0.0))
        .setAddress(node.grpc().toString())
        .build();
  }
}
