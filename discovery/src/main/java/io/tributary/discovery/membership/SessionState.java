package io.tributary.discovery.membership;

/** How this process stands with its ZooKeeper. */
public enum SessionState {
  /** What is known here follows ZooKeeper closely. */
  CONNECTED,
  /** Out of touch. Lookups go on from memory; our registration may still stand. */
  SUSPENDED,
  /** Out of touch for longer than the session: our registration is gone, others took our share. */
  LOST
}
