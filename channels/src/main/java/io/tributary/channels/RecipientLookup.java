package io.tributary.channels;

import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.address.Address;

/** Where a channel finds the mailbox behind an address. */
public interface RecipientLookup {

  /**
   * Lazy: begins when subscribed to.
   *
   * @return exactly one outcome, on any thread. An Rx error is a programmer's error.
   */
  Single<LookupOutcome> lookup(Address address);
}
