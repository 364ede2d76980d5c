package io.tributary.discovery.membership;

/** The life of a node. Only nodes that are UP own a share of the ring. */
public enum NodeState {
  /** Registered, not serving yet. */
  JOINING,
  /** Serving its share. */
  UP,
  /** Serving what it still holds; its share has gone to others. */
  DRAINING
}
