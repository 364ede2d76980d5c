package io.tributary.store;

/** What became of rows that were offered together. */
public enum GroupResult {
  /** All stand, synced to disk. */
  WRITTEN,
  /** At least one was there, perhaps from this very request; no row was written by its answer. */
  REFUSED,
  /** They don't share a region, or it isn't where it was: none was written. */
  SCATTERED,
  /** The server can't do it: none was written. */
  UNSUPPORTED
}
