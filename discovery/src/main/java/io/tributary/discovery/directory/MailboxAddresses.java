package io.tributary.discovery.directory;

import io.reactivex.rxjava3.core.Completable;

/**
 * Where a mailbox learns which addresses it has: it refuses mail that was resolved by any other.
 */
public interface MailboxAddresses {

  /**
   * Tells the account's mailbox that these are all its addresses. Lazy; completes once that is in
   * its log, on any thread; telling the same again is harmless.
   *
   * <p>Signals {@link io.tributary.storage.StorageUnavailableException} if it can't be told now; it
   * may have been told all the same.
   */
  Completable tell(UserAccount account);
}
