package io.tributary.storage;

import io.tributary.codecs.identity.UserId;

/**
 * Names one log: a user's, in one generation. The generation rises when a mailbox is moved,
 * restored or erased.
 *
 * @param generation from 1
 */
public record LogId(UserId user, int generation) {
  public LogId {
    if (generation < 1) {
      throw new IllegalArgumentException("generation must be at least 1, was " + generation);
    }
  }
}
