package io.tributary.discovery.directory;

import io.reactivex.rxjava3.core.Single;
import io.tributary.storage.AppendResult;
import io.tributary.storage.FrozenEntry;

/** Where new mailboxes' logs begin: in the HBase of whichever cell each is to live in. */
public interface FirstEntries {
  /**
   * Offers the first entry, as {@link io.tributary.storage.ActionLog#append} does. Signals no error
   * for expected failures.
   */
  Single<AppendResult> append(FrozenEntry first);
}
