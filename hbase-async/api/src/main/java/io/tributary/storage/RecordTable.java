package io.tributary.storage;

import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;

/**
 * Rows of one kind, each changed only by put-if-absent and compare-and-set. Rows are never deleted:
 * removal overwrites with a small value. Every value carries a stamp of its own, so that no two
 * writes are equal.
 *
 * <p>An unknown outcome is resolved inside by reading back; if that fails too, {@link
 * StorageUnavailableException} says so, and the caller repeats the same call with the same value.
 *
 * @param <K> key
 * @param <V> value
 */
public interface RecordTable<K, V> {
  /**
   * Writes if there is no row. True if this value stands there now (also when repeated), false if
   * another does.
   */
  Single<Boolean> putIfAbsent(K key, V value);

  /**
   * Replaces exactly {@code expected}. True if {@code next} stands there now (also when repeated),
   * false if something else does.
   */
  Single<Boolean> replace(K key, Stored<V> expected, V next);

  /** Reads the row as it is now. */
  Maybe<Stored<V>> get(K key);
}
