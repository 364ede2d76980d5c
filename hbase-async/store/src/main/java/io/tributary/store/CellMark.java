package io.tributary.store;

import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.message.Bytes;
import io.tributary.storage.StorageUnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Says which cell's data a namespace holds: a row of the log table, written once by the first node
 * that comes. Its key is shorter than any entry's, and no entry's scan passes over it.
 */
final class CellMark {
  private static final Bytes KEY = Bytes.ofUtf8("cell");

  private final HBaseRecordTable.Access access;
  private final RowKey row;

  CellMark(HBaseRecordTable.Access access, String namespace) {
    this.access = access;
    this.row = new RowKey(namespace + ":log", KEY);
  }

  /** The cell whose data it is: this one, unless another came first. */
  Single<String> holder(String cell) {
    Bytes name = Bytes.ofUtf8(cell);
    Duration deadline = access.deadline();
    return ConditionalWrite.ofAbsent(access.rows(), row, name, name::equals)
        .run(deadline, access.scheduler())
        .flatMap(result -> holder(cell, result));
  }

  private Single<String> holder(String cell, ConditionalWrite.Result result) {
    if (result instanceof ConditionalWrite.Result.Stands) {
      return Single.just(cell);
    }
    if (result instanceof ConditionalWrite.Result.Refused) {
      return access.rows().get(row).toSingle().map(CellMark::text);
    }
    return Single.error(StorageUnavailableException.outcomeUnknown(result.toString()));
  }

  private static String text(Bytes name) {
    return new String(name.unsafeArray(), StandardCharsets.UTF_8);
  }
}
