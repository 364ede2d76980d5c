package io.tributary.storage;

import io.reactivex.rxjava3.core.Single;
import java.util.Collection;
import java.util.List;

/**
 * The append-only logs of mailboxes: the commit point of everything. An entry is a row of its own,
 * written by put-if-absent, so that of two writers at one number exactly one wins, whatever they
 * believe about ownership.
 *
 * <p>Implementations answer on the scheduler they were given, within their deadline, and never
 * block.
 */
public interface ActionLog {
  /**
   * Offers an entry. Atomic: it is applied whole or not at all. Idempotent for the same frozen
   * entry: offered again after it was applied it answers {@link AppendResult.Appended}. Durable
   * (synced) when answered so.
   *
   * <p>The caller keeps to one unresolved entry per log, and appends number 1 only with {@code
   * Opened}.
   *
   * <p>Signals no error for expected failures; those are {@link AppendResult}s.
   */
  Single<AppendResult> append(FrozenEntry entry);

  /**
   * The entries from {@code fromEntry} on, dense and in order, at most {@code entriesMax} of them
   * and fewer if they are large; empty exactly if {@code fromEntry} was absent when read. An append
   * acknowledged before the call is seen.
   *
   * <p>Signals {@link StorageUnavailableException}.
   */
  Single<List<StoredEntry>> read(LogId log, long fromEntry, int entriesMax);

  /**
   * The entries with these numbers (at most 256), in rising order; one that is absent is left out.
   *
   * <p>Signals {@link StorageUnavailableException}.
   */
  Single<List<StoredEntry>> readEach(LogId log, Collection<Long> numbers);
}
