package io.tributary.server.testing;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.identity.Incarnation;
import io.tributary.discovery.membership.ClusterUnavailableException;
import io.tributary.discovery.membership.NodeInfo;
import io.tributary.discovery.membership.NodeLoad;
import io.tributary.discovery.ring.Ring;
import io.tributary.server.api.AdminOperations;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The cell c1, whose nodes are as a test says, at first {@code n1} alone, in ring 7; c2 has none.
 */
public final class FakeNodes implements AdminOperations.Cluster {
  public final Map<Incarnation, NodeLoad> loads = new HashMap<>();
  public final List<NodeInfo> drained = new CopyOnWriteArrayList<>();
  private Ring ring = new Ring(7, List.of(Places.node("n1")));
  private boolean away;

  public void ring(Ring next) {
    ring = next;
  }

  public void away(boolean now) {
    away = now;
  }

  @Override
  public Ring ring() {
    return ring;
  }

  @Override
  public Optional<Ring> ring(String cell) {
    return Optional.ofNullable(Map.of("c1", ring, "c2", Ring.EMPTY).get(cell));
  }

  @Override
  public Single<Map<Incarnation, NodeLoad>> loads() {
    return away ? Single.error(gone()) : Single.just(loads);
  }

  @Override
  public Completable drain(NodeInfo node) {
    return away ? Completable.error(gone()) : Completable.fromAction(() -> drained.add(node));
  }

  private static ClusterUnavailableException gone() {
    return new ClusterUnavailableException("scripted", new IllegalStateException());
  }
}
