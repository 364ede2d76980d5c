package io.tributary.discovery.placement;

import io.tributary.codecs.identity.Slot;
import io.tributary.discovery.membership.NodeInfo;
import java.util.Optional;

/**
 * Where a mailbox is served, and why there.
 *
 * @param tableVersion of the slot table that was used
 * @param node empty while no node of the cell is UP, as far as this process knows
 * @param ringVersion of the ring that was used; 0 if none was
 */
public record Location(
    Slot slot,
    String cell,
    long tableVersion,
    Reason reason,
    Optional<NodeInfo> node,
    long ringVersion) {
  /** What decided on the cell. */
  public enum Reason {
    SLOT_TABLE("slot table"),
    PIN("pin");

    private final String words;

    Reason(String words) {
      this.words = words;
    }

    /** For people. */
    public String words() {
      return words;
    }
  }
}
