package io.tributary.server.testing;

import io.tributary.codecs.identity.Incarnation;
import io.tributary.discovery.membership.Endpoint;
import io.tributary.discovery.membership.NodeInfo;
import io.tributary.discovery.membership.NodeState;
import io.tributary.discovery.placement.CellLocator;
import io.tributary.discovery.placement.Location;
import java.util.List;
import java.util.Optional;

/** Locators that know one place only. */
public final class Places {
  private Places() {}

  public static CellLocator on(String cell, String node) {
    return at(cell, Optional.of(node(node)));
  }

  public static CellLocator nowhere(String cell) {
    return at(cell, Optional.empty());
  }

  public static NodeInfo node(String id) {
    return new NodeInfo(
        id, NodeState.UP, List.of(1L), new Endpoint("127.0.0.1", 9090), new Incarnation(1, 1));
  }

  private static CellLocator at(String cell, Optional<NodeInfo> node) {
    return user -> new Location(user.slot(), cell, 3, Location.Reason.SLOT_TABLE, node, 7);
  }
}
