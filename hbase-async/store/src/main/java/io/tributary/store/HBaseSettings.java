package io.tributary.store;

import java.time.Duration;

/**
 * Where an HBase is and how much it may be asked.
 *
 * @param zookeeper connect string of its ZooKeeper, without a path
 * @param znodeParent path in ZooKeeper below which it keeps its state
 * @param probeTable a table, with its namespace, that must answer for the store to be healthy
 * @param deadline of each operation, the resolution of an unknown outcome included
 * @param outstandingMax calls that may be without an answer at once
 */
public record HBaseSettings(
    String zookeeper, String znodeParent, Table probeTable, Duration deadline, int outstandingMax) {

  /** A table and its namespace. */
  public record Table(String namespace, String name) {

    @Override
    public String toString() {
      return namespace + ":" + name;
    }
  }

  public HBaseSettings {
    if (deadline.toMillis() < 1) {
      throw new IllegalArgumentException("deadline must be at least 1 ms, was " + deadline);
    }
    if (outstandingMax < 1) {
      throw new IllegalArgumentException(
          "outstandingMax must be at least 1, was " + outstandingMax);
    }
  }

  /** One call gets two thirds, so that a lost answer can still be looked up. */
  Duration callDeadline() {
    return deadline.multipliedBy(2).dividedBy(3);
  }
}
