package io.tributary.server.api;

import io.tributary.codecs.identity.UserId;
import io.tributary.discovery.membership.NodeInfo;
import io.tributary.discovery.membership.NodeState;
import io.tributary.discovery.placement.Location;
import io.tributary.discovery.placement.MemoryLocator;
import io.tributary.discovery.ring.Ring;
import java.util.List;
import java.util.stream.Collectors;

/** Why a mailbox is served by the node that it is served by, for operators. */
final class NodeReasons {
  private NodeReasons() {}

  /**
   * One line.
   *
   * @param ring of the location's cell
   */
  static String of(UserId user, Location location, Ring ring) {
    if (location.cell().equals(MemoryLocator.UNKNOWN_CELL)) {
      return "the slot table names a cell that is not among the cells";
    }
    List<NodeInfo> registered =
        ring.nodes().stream().filter(node -> !node.tokens().isEmpty()).toList();
    if (registered.isEmpty()) {
      return "no node of the cell is registered";
    }
    String others =
        registered.stream()
            .filter(node -> node.state() != NodeState.UP)
            .map(node -> "; " + node.id() + " is " + node.state())
            .collect(Collectors.joining());
    return ring.tokenOf(user).stream()
            .mapToObj(token -> owning(user, token))
            .findFirst()
            .orElse("no node of the cell is UP")
        + others;
  }

  private static String owning(UserId user, long token) {
    return "its token %016x is the first at or after the user's %016x"
        .formatted(token, user.ringPosition());
  }
}
