package io.tributary.server.cell;

import io.tributary.codecs.identity.UserId;
import io.tributary.discovery.membership.NodeInfo;
import io.tributary.discovery.placement.CellLocator;
import io.tributary.discovery.placement.Location;

/** Where a mailbox is, seen from this node. From memory, safe for any thread. */
public final class Routes {
  private final CellLocator locator;
  private final Self self;

  /** This node, by the names it is registered under. */
  public record Self(String cell, NodeName node) {}

  /** A node's id. */
  public record NodeName(String id) {}

  public Routes(CellLocator locator, Self self) {
    this.locator = locator;
    this.self = self;
  }

  /** The way to a mailbox. */
  public sealed interface Route {
    /** The cell that serves it. */
    String cell();

    /** This node serves it. */
    record Here(String cell) implements Route {}

    /**
     * Another node of this cell serves it.
     *
     * @param ringVersion of the ring that says so
     */
    record There(String cell, NodeInfo node, long ringVersion) implements Route {}

    /**
     * It can't be reached from here now.
     *
     * @param reason for logs and senders
     */
    record Away(String cell, String reason) implements Route {}
  }

  /** This node's id. */
  String self() {
    return self.node().id();
  }

  /** Whether this node serves the mailbox, as far as it knows. */
  public boolean servedHere(UserId user) {
    return to(user) instanceof Route.Here;
  }

  public Route to(UserId user) {
    Location location = locator.locate(user);
    String cell = location.cell();
    if (!cell.equals(self.cell())) {
      return new Route.Away(
          cell, "mailbox is served by cell " + cell + ", forwarding is not there yet");
    }
    return location
        .node()
        .map(node -> within(cell, node, location.ringVersion()))
        .orElseGet(() -> new Route.Away(cell, "no node of cell " + cell + " is up"));
  }

  private Route within(String cell, NodeInfo node, long ringVersion) {
    return node.id().equals(self.node().id())
        ? new Route.Here(cell)
        : new Route.There(cell, node, ringVersion);
  }
}
