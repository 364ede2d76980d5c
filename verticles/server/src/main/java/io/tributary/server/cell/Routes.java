package io.tributary.server.cell;

import io.tributary.codecs.identity.UserId;
import io.tributary.discovery.membership.NodeInfo;
import io.tributary.discovery.placement.CellLocator;
import io.tributary.discovery.placement.Location;
import io.tributary.discovery.placement.MemoryLocator;
import java.util.Optional;

/** Where a mailbox is, seen from this node. From memory, safe for any thread. */
public final class Routes {
  static final String MOVING = "the mailbox is being moved";

  private final CellLocator locator;
  private final CellStates cells;
  private final Self self;

  /** This node, by the names it is registered under. */
  public record Self(String cell, NodeName node) {}

  /** A node's id. */
  public record NodeName(String id) {}

  /**
   * @param cells how the cells are
   */
  public Routes(CellLocator locator, CellStates cells, Self self) {
    this.locator = locator;
    this.cells = cells;
    this.self = self;
  }

  /** What the way was chosen by. */
  record Versions(long table, long ring) {
    /** Whether these know more than the others do. */
    boolean newerThan(Versions others) {
      return table > others.table || table == others.table && ring > others.ring;
    }
  }

  /** The way to a mailbox. */
  public sealed interface Route {
    /** The cell that serves it. */
    String cell();

    /** This node serves it. */
    record Here(String cell) implements Route {}

    /** Another node serves it, of this cell or of another. */
    record There(String cell, NodeInfo node, Versions versions) implements Route {}

    /**
     * It can't be reached from here now.
     *
     * @param reason for logs and senders
     */
    record Away(String cell, String reason, Versions versions) implements Route {}
  }

  /** This node's id. */
  String self() {
    return self.node().id();
  }

  /** This node's cell. */
  String ownCell() {
    return self.cell();
  }

  /** Whether this node serves the mailbox, as far as it knows. */
  public boolean servedHere(UserId user) {
    return to(user) instanceof Route.Here;
  }

  public Route to(UserId user) {
    Location location = locator.locate(user);
    String cell = location.cell();
    Versions versions = new Versions(location.tableVersion(), location.ringVersion());
    Optional<String> silence = cells.silence(cell);
    if (silence.isPresent()) {
      return new Route.Away(cell, silence.get(), versions);
    }
    return location
        .node()
        .map(node -> to(cell, node, versions))
        .orElseGet(() -> new Route.Away(cell, whyNobody(cell), versions));
  }

  private static String whyNobody(String cell) {
    return cell.equals(MemoryLocator.UNKNOWN_CELL)
        ? "the mailbox lies in a cell that is not known"
        : "no node of cell " + cell + " is up";
  }

  private Route to(String cell, NodeInfo node, Versions versions) {
    return cell.equals(self.cell()) && node.id().equals(self.node().id())
        ? new Route.Here(cell)
        : new Route.There(cell, node, versions);
  }

  /** Whether the mailbox goes to another cell just now: it is read, but nothing is written. */
  boolean isMoving(UserId user) {
    return locator.isMoving(user);
  }

  /** Why nothing can be written in the mailbox's cell, though it may be read; empty if it can. */
  Optional<String> trouble(String cell) {
    return cells.trouble(cell);
  }
}
