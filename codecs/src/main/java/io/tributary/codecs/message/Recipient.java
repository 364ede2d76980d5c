package io.tributary.codecs.message;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.identity.UserId;

/**
 * One mailbox a delivery is for, as the directory knew it.
 *
 * @param generation of the user's log, from 1
 * @param resolvedBy the address that led to the user; the mailbox refuses one it does not own
 */
public record Recipient(UserId user, int generation, Address resolvedBy) {
  public Recipient {
    if (generation < 1) {
      throw new IllegalArgumentException("generation must be at least 1, was " + generation);
    }
  }
}
