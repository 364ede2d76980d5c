package io.tributary.discovery.membership;

import io.tributary.codecs.identity.Incarnation;
import java.util.List;

/**
 * One application server as it registered itself.
 *
 * @param id chosen by the operator, unique in the cell
 * @param tokens its virtual positions on the ring, unsigned 64-bit numbers in rising unsigned order
 * @param grpc where other nodes reach it
 * @param incarnation this registration: a restarted or expired node comes back under another
 */
public record NodeInfo(
    String id, NodeState state, List<Long> tokens, Endpoint grpc, Incarnation incarnation) {
  public NodeInfo {
    if (id.isBlank()) {
      throw new IllegalArgumentException("a node needs an id");
    }
    tokens = tokens.stream().sorted(Long::compareUnsigned).toList();
  }

  public NodeInfo withState(NodeState next) {
    return new NodeInfo(id, next, tokens, grpc, incarnation);
  }
}
