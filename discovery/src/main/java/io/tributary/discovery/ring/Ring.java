package io.tributary.discovery.ring;

import io.tributary.codecs.identity.UserId;
import io.tributary.discovery.membership.NodeInfo;
import io.tributary.discovery.membership.NodeState;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The hash circle of one cell: each token owns the keys from the token before it (exclusive) up to
 * itself (inclusive). Only nodes that are UP have a share; of two nodes with the same token the
 * smaller id has it. Immutable; a lookup is a binary search and allocates nothing.
 */
public final class Ring {
  /** No nodes, older than every ring that was written. */
  public static final Ring EMPTY = new Ring(0, List.of());

  private static final double CIRCLE = 0x1p64;

  private final long version;
  private final List<NodeInfo> nodes;
  private final long[] tokens; // rising; sign bit flipped, so that signed order is unsigned order
  private final int[] owners; // index into serving
  private final List<Optional<NodeInfo>> serving; // wrapped once, not at each lookup

  /**
   * @param version of the ring znode
   * @param nodes in any order, each id once
   */
  public Ring(long version, List<NodeInfo> nodes) {
    this.version = version;
    this.nodes = nodes.stream().sorted(Comparator.comparing(NodeInfo::id)).toList();
    List<NodeInfo> up = this.nodes.stream().filter(node -> node.state() == NodeState.UP).toList();
    List<Virtual> circle = circle(up);
    this.serving = up.stream().map(Optional::of).toList();
    this.tokens = circle.stream().mapToLong(virtual -> flip(virtual.token)).toArray();
    this.owners = circle.stream().mapToInt(Virtual::owner).toArray();
  }

  /** One token of one node. */
  private record Virtual(long token, int owner) {}

  private static List<Virtual> circle(List<NodeInfo> up) {
    Map<Long, Virtual> byToken = new TreeMap<>(Long::compareUnsigned);
    for (int owner = 0; owner < up.size(); owner++) {
      for (long token : up.get(owner).tokens()) {
        byToken.putIfAbsent(token, new Virtual(token, owner));
      }
    }
    return List.copyOf(byToken.values());
  }

  /** Version of the ring znode; 0 before the first. */
  public long version() {
    return version;
  }

  /** All registered nodes in any state, by id. */
  public List<NodeInfo> nodes() {
    return nodes;
  }

  /** Some node is UP and takes a share. */
  public boolean isServed() {
    return tokens.length > 0;
  }

  /** Who serves the user; empty while no node is UP. */
  public Optional<NodeInfo> ownerOf(UserId user) {
    return ownerAt(user.ringPosition());
  }

  /** Who owns a position, an unsigned 64-bit number. */
  public Optional<NodeInfo> ownerAt(long position) {
    return tokens.length == 0 ? Optional.empty() : serving.get(owners[tokenAt(position)]);
  }

  /** The token whose part of the circle the user lies in, unsigned; empty while no node is UP. */
  public OptionalLong tokenOf(UserId user) {
    return tokens.length == 0
        ? OptionalLong.empty()
        : OptionalLong.of(flip(tokens[tokenAt(user.ringPosition())]));
  }

  /** The first at or behind a position; behind the last comes the first. */
  private int tokenAt(long position) {
    int found = Arrays.binarySearch(tokens, flip(position));
    int next = found >= 0 ? found : -found - 1;
    return next == tokens.length ? 0 : next;
  }

  /** Part of the circle per id of the nodes that are UP, 0 to 1; they add up to 1. */
  public Map<String, Double> shares() {
    double[] parts = new double[serving.size()];
    for (int i = 0; i < tokens.length; i++) {
      parts[owners[i]] += arcBefore(i) / CIRCLE;
    }
    Map<String, Double> shares = new TreeMap<>();
    IntStream.range(0, parts.length)
        .forEach(i -> serving.get(i).ifPresent(node -> shares.put(node.id(), parts[i])));
    return Collections.unmodifiableMap(shares);
  }

  private double arcBefore(int token) {
    if (tokens.length == 1) {
      return CIRCLE;
    }
    long arc = tokens[token] - tokens[token == 0 ? tokens.length - 1 : token - 1];
    return arc >= 0 ? arc : arc + CIRCLE; // the difference is unsigned
  }

  private static long flip(long unsigned) {
    return unsigned ^ Long.MIN_VALUE;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Ring ring && ring.version == version && ring.nodes.equals(nodes);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(version) * 31 + nodes.hashCode();
  }

  @Override
  public String toString() {
    return "ring " + version + " of " + nodes.size() + " nodes";
  }
}
