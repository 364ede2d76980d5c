package io.tributary.server.node;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.identity.Incarnation;
import io.tributary.discovery.Discovery;
import io.tributary.discovery.membership.NodeInfo;
import io.tributary.discovery.membership.NodeLoad;
import io.tributary.discovery.ring.Ring;
import io.tributary.server.api.AdminOperations;
import java.util.Map;
import java.util.Optional;

/** What operators see and do, by discovery. */
record CellNodes(Discovery discovery) implements AdminOperations.Cluster {
  @Override
  public Ring ring() {
    return discovery.ring();
  }

  @Override
  public Optional<Ring> ring(String cell) {
    boolean known = discovery.cells().cells().stream().anyMatch(each -> each.name().equals(cell));
    return known ? Optional.of(discovery.ring(cell)) : Optional.empty();
  }

  @Override
  public Single<Map<Incarnation, NodeLoad>> loads() {
    return discovery.loads();
  }

  @Override
  public Completable drain(NodeInfo node) {
    return discovery.drain(node);
  }
}
