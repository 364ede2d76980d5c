package io.tributary.storage;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.identity.UserId;
import java.util.List;
import java.util.Optional;

/**
 * One marker for each mailbox whose log may hold work for the outbox. A marker may stand without
 * work; work never stands without its marker, because the marker is written before the entry.
 *
 * <p>Each write carries the log's generation and the number of the entry it belongs to, and the
 * highest wins, whatever the order of arrival: so a paused former owner can't take a marker away.
 * At the same number a removal wins.
 *
 * <p>All signal {@link StorageUnavailableException}; a write that signalled it may have happened,
 * and may be repeated.
 */
public interface OwedMarkers {
  /**
   * The entry with that number will create work. Durable when complete.
   *
   * @param entry at least 1
   */
  Completable mark(LogId log, long entry);

  /** As of that entry there is no work. */
  Completable clear(LogId log, long entry);

  /**
   * Marked mailboxes in the order of their rows (slot, then user), those after {@code after}, at
   * most {@code max} (1 to 1,000). Fewer than {@code max} means: these are the last.
   */
  Single<List<UserId>> list(Optional<UserId> after, int max);
}
