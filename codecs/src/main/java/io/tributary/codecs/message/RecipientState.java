package io.tributary.codecs.message;

import io.tributary.codecs.address.Address;

/** How far a sent message got toward one recipient. */
public record RecipientState(Address address, State state) {
  /** How far. */
  public enum State {
    /** Not delivered yet. */
    OWED,
    DELIVERED,
    /** Never will be. */
    FAILED
  }
}
