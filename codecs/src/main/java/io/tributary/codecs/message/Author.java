package io.tributary.codecs.message;

import io.tributary.codecs.address.Address;

/**
 * Who a message says it is from.
 *
 * @param name display name, may be empty
 * @param standing what is known about the claim
 */
public record Author(Address address, String name, Standing standing) {
  /** What is known about an author's claim to an address. */
  public enum Standing {
    /** Proved: authenticated mail, a provider's signature, a token. */
    VERIFIED,
    /** Not proved, and the address is nobody's here. */
    OUTSIDE,
    /** Not proved, though the address is one of ours: never joins that user's threads as them. */
    CLAIMS_LOCAL
  }

  public boolean verified() {
    return standing == Standing.VERIFIED;
  }
}
