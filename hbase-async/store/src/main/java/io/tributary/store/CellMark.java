package io.tributary.store;

import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.message.Bytes;
import io.tributary.storage.StorageUnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Says whose data a namespace holds: a row of the log table, written once by the first node that
 * comes. Its key is shorter than any entry's, and no entry's scan passes over it.
 */
final class CellMark {
  /** Which cell. */
  static final Bytes CELL = Bytes.ofUtf8("cell");

  /** Which installation. */
  static final Bytes HOME = Bytes.ofUtf8("home");

  private final HBaseRecordTable.Access access;
  private final RowKey row;

  CellMark(HBaseRecordTable.Access access, String namespace, Bytes key) {
    this.access = access;
    this.row = new RowKey(namespace + ":log", key);
  }

  /** What stands there. */
  Maybe<String> get() {
    return access.rows().get(row).map(CellMark::text);
  }

  /** What stands there from now on: this name, unless another came first. */
  Single<String> first(String written) {
    Bytes name = Bytes.ofUtf8(written);
    Duration deadline = access.deadline();
    return ConditionalWrite.ofAbsent(access.rows(), row, name, name::equals)
        .run(deadline, access.scheduler())
        .flatMap(result -> first(written, result));
  }

  private Single<String> first(String written, ConditionalWrite.Result result) {
    if (result instanceof ConditionalWrite.Result.Stands) {
      return Single.just(written);
    }
    if (result instanceof ConditionalWrite.Result.Refused) {
      return get().toSingle();
    }
    return Single.error(StorageUnavailableException.outcomeUnknown(result.toString()));
  }

  private static String text(Bytes name) {
    return new String(name.unsafeArray(), StandardCharsets.UTF_8);
  }
}
