package io.tributary.store;

import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.directory.UnreadableRecordException;
import io.tributary.codecs.message.Bytes;
import io.tributary.storage.RecordTable;
import io.tributary.storage.StorageUnavailableException;
import io.tributary.storage.Stored;
import java.time.Duration;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One of the directory's tables. Values differ by their stamp, so that equal bytes are our own. */
final class HBaseRecordTable<K, V> implements RecordTable<K, V> {

  /** How keys and values of one table are written. */
  record Form<K, V>(
      String table, Function<K, Bytes> key, Function<V, Bytes> encode, Function<Bytes, V> decode) {}

  /**
   * How rows are reached.
   *
   * @param deadline of one write, its resolution included
   */
  record Access(Rows rows, Scheduler scheduler, Duration deadline) {}

  private static final Logger LOG = LoggerFactory.getLogger(HBaseRecordTable.class);

  private final Access access;
  private final Form<K, V> form;

  HBaseRecordTable(Access access, Form<K, V> form) {
    this.access = access;
    this.form = form;
  }

  @Override
  public Single<Boolean> putIfAbsent(K key, V value) {
    Bytes bytes = form.encode().apply(value);
    return run(ConditionalWrite.ofAbsent(access.rows(), row(key), bytes, bytes::equals));
  }

  @Override
  public Single<Boolean> replace(K key, Stored<V> expected, V next) {
    Bytes bytes = form.encode().apply(next);
    return run(ConditionalWrite.ofExpected(access.rows(), row(key), expected.bytes(), bytes));
  }

  @Override
  public Maybe<Stored<V>> get(K key) {
    return access
        .rows()
        .get(row(key))
        .map(bytes -> new Stored<>(read(form.decode(), bytes), bytes));
  }

  /** A row that a newer version has written is not to be had here. */
  static <V> V read(Function<Bytes, V> decode, Bytes row) {
    try {
      return decode.apply(row);
    } catch (UnreadableRecordException newer) {
      LOG.warn("event=store.unreadable_row reason=\"{}\"", newer.getMessage());
      throw StorageUnavailableException.notApplied("a row can't be read by this version");
    }
  }

  private RowKey row(K key) {
    return new RowKey(form.table(), form.key().apply(key));
  }

  private Single<Boolean> run(ConditionalWrite write) {
    return write.run(access.deadline(), access.scheduler()).map(HBaseRecordTable::stands);
  }

  private static boolean stands(ConditionalWrite.Result result) {
    if (result instanceof ConditionalWrite.Result.InDoubt doubt) {
      throw StorageUnavailableException.outcomeUnknown(doubt.reason());
    }
    if (result instanceof ConditionalWrite.Result.NotApplied failure) {
      throw StorageUnavailableException.notApplied(failure.reason());
    }
    return result instanceof ConditionalWrite.Result.Stands;
  }
}
