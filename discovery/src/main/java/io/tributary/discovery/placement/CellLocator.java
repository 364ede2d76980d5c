package io.tributary.discovery.placement;

import io.tributary.codecs.identity.UserId;
import io.tributary.discovery.membership.NodeInfo;
import java.util.Optional;

/** Answers user to slot to cell to node from memory. Safe for any thread; never blocks. */
public interface CellLocator {
  /** Where the user's mailbox is served, as this process knows it now. */
  Location locate(UserId user);

  /** Whether nothing is to be written for the user just now, who goes to another cell. */
  default boolean isMoving(UserId user) {
    return false;
  }

  /** The node alone, where that is all that counts. */
  default Optional<NodeInfo> nodeOf(UserId user) {
    return locate(user).node();
  }
}
