package io.tributary.mailbox;

/** How fresh a read is. */
public enum Freshness {
  /** From the owner's committed state: every message it acknowledged is in it. */
  COMMITTED,
  /** Also proved against the log: nobody else has written since. */
  LATEST
}
