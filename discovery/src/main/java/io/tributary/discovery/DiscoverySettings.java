package io.tributary.discovery;

import io.tributary.discovery.placement.Cell;
import java.util.List;

/**
 * What one process says about itself.
 *
 * @param cell the cell this process belongs to: 1 to 32 of a-z, 0-9 and '-'
 * @param node its id, unique in the cell
 * @param tokens its virtual positions on the ring, 256 times its capacity, at most 4,096; 0 if it
 *     serves no mailboxes
 * @param sessionTimeoutMillis of the ZooKeeper session, as the client was given it
 * @param founding the cells that share the slots if nobody has written any yet; later it is
 *     ZooKeeper that counts
 */
public record DiscoverySettings(
    String cell, String node, int tokens, long sessionTimeoutMillis, List<Cell> founding) {
  public DiscoverySettings {
    founding = List.copyOf(founding);
    if (!cell.matches("[a-z0-9-]{1,32}")) {
      throw new IllegalArgumentException("a cell's name is 1 to 32 of a-z, 0-9 and '-'");
    }
    if (!node.matches("[A-Za-z0-9._-]{1,64}")) {
      throw new IllegalArgumentException("a node's id is 1 to 64 letters, digits, '.', '_', '-'");
    }
    if (tokens < 0 || tokens > 4_096) {
      throw new IllegalArgumentException("a node has 0 to 4096 tokens, not " + tokens);
    }
    if (sessionTimeoutMillis < 1) {
      throw new IllegalArgumentException("a session lasts at least a millisecond");
    }
  }
}
