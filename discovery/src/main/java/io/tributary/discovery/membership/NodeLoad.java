package io.tributary.discovery.membership;

import io.tributary.codecs.identity.Incarnation;

/**
 * How a node is doing, as it said last.
 *
 * @param incarnation of the node when it said so
 * @param requestsPerSecond that its mailboxes answer
 * @param lagMillis how late its slowest event loop was at most since it said so before
 * @param version of its program
 */
public record NodeLoad(
    Incarnation incarnation, double requestsPerSecond, int lagMillis, Heap heap, String version) {

  /** Memory of its Java heap. */
  public record Heap(long usedBytes, long maxBytes) {}
}
