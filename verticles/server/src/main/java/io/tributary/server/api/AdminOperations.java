package io.tributary.server.api;

import io.reactivex.rxjava3.core.Single;
import io.tributary.discovery.membership.NodeInfo;
import io.tributary.discovery.ring.Ring;
import io.tributary.v1.GetRingRequest;
import io.tributary.v1.GetRingResponse;
import io.tributary.v1.RingNode;
import java.util.Map;
import java.util.function.Supplier;

/** {@code AdminService}: what the cell looks like, for operators. Safe for any thread. */
public final class AdminOperations {
  private final String cell;
  private final Supplier<Ring> ring;

  public AdminOperations(String cell, Supplier<Ring> ring) {
    this.cell = cell;
    this.ring = ring;
  }

  public Single<GetRingResponse> getRing(Caller caller, GetRingRequest request) {
    caller.mustBeOperator();
    return Single.just(message(ring.get()));
  }

  private GetRingResponse message(Ring seen) {
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
