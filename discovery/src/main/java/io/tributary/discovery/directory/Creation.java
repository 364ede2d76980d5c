package io.tributary.discovery.directory;

import io.tributary.codecs.address.Address;

/** What became of the creation of an account. */
public sealed interface Creation {
  /**
   * The account is active and owns all its addresses.
   *
   * @param repeated another call with the same request id made it so
   */
  record Created(UserAccount account, boolean repeated) implements Creation {}

  /** Somebody else has the address, or had it less than 30 days ago. Nothing was changed. */
  record AddressTaken(Address address) implements Creation {}

  /** The request id was used for another content. Nothing was changed. */
  record RequestIdReused() implements Creation {}

  /**
   * Storage is away, or another creation of the same address is under way. The same request may be
   * repeated: with a request id it is finished, without one its addresses are free again after a
   * minute at most.
   *
   * @param reason for logs and people; no whole addresses
   */
  record TryAgain(String reason) implements Creation {}
}
