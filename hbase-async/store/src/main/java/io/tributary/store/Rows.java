package io.tributary.store;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.message.Bytes;
import java.util.List;
import java.util.Optional;

/**
 * What the store needs of HBase: rows of one column that is never empty.
 *
 * <p>Everything is lazy, answers on the scheduler it was given, and answers within its deadline. A
 * failure is always a {@link io.tributary.storage.StorageUnavailableException}: <em>not
 * applied</em> (refused by our bound, not serving, moving, too busy) or <em>outcome unknown</em>
 * (no answer in time, connection lost): such a write may be applied, now or at any later time.
 */
public interface Rows {

  /**
   * Writes a row if there is none. Atomic per row, synced to disk when true.
   *
   * @return false if there was a row, which can be our own: a request may be carried out twice
   */
  Single<Boolean> putIfAbsent(RowKey row, Bytes value);

  /**
   * The region a row lies in, as far as is known without asking. It may have been split or moved
   * since.
   */
  Optional<RegionName> regionOf(RowKey row);

  /**
   * Whether {@link #putAllIfAbsent} can be used where this row lies. A server that doesn't know it
   * would overwrite what is there: ask once before.
   */
  Single<Boolean> canPutAllIfAbsent(RowKey near);

  /**
   * Writes rows if none of them is there: all of them or none, with one sync.
   *
   * @param rows of one region, each another; HBase takes the same row twice and loses one
   */
  Single<GroupResult> putAllIfAbsent(String table, List<Row> rows);

  /**
   * Replaces exactly this value. Atomic per row, synced to disk when true.
   *
   * @return false if another value was there, which can be our own
   */
  Single<Boolean> compareAndSet(RowKey row, Bytes expected, Bytes next);

  /**
   * Writes a row at a timestamp of the caller's: whatever the order of arrival, the newest
   * timestamp wins, so that it may be repeated. Synced to disk when complete if the table is.
   *
   * @param timestamp at least 1
   */
  Completable putAt(RowKey row, Bytes value, long timestamp);

  /**
   * Writes rows as {@link #putAt} does: all of them or none, with one sync; never {@code REFUSED}.
   *
   * @param rows of one region, each another; HBase takes the same row twice and loses one
   */
  Single<GroupResult> putAllAt(String table, List<TimedRow> rows);

  /** Removes what was written at that timestamp or before, also what arrives later. */
  Completable removeAt(RowKey row, long timestamp);

  /** The value of a row, as of some time during the call. */
  Maybe<Bytes> get(RowKey row);

  /** The values of these rows, in their order; not one snapshot of them. At most 256. */
  Single<List<Optional<Bytes>>> getEach(List<RowKey> rows);

  /**
   * The first rows of a range, in rising order, at most {@code rowsMax}, and fewer if they are
   * large; empty exactly if the range had none. A row written before the call is seen. The rows
   * aren't one snapshot, but each is at least as new as those before it.
   */
  Single<List<Row>> scan(RowRange range, int rowsMax);
}
