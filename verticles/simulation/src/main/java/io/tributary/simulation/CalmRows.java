package io.tributary.simulation;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.message.Bytes;
import io.tributary.store.GroupResult;
import io.tributary.store.RegionName;
import io.tributary.store.Row;
import io.tributary.store.RowKey;
import io.tributary.store.RowRange;
import io.tributary.store.Rows;
import io.tributary.store.TimedRow;
import java.util.List;
import java.util.Optional;

/** What HBase holds, read at once and without trouble, for checkers. Nothing can be written. */
record CalmRows(SimulatedHBase hbase) implements Rows {

  @Override
  public Single<Boolean> putIfAbsent(RowKey row, Bytes value) {
    return Single.error(new UnsupportedOperationException());
  }

  @Override
  public Optional<RegionName> regionOf(RowKey row) {
    return Optional.empty();
  }

  @Override
  public Single<Boolean> canPutAllIfAbsent(RowKey near) {
    return Single.just(false);
  }

  @Override
  public Single<GroupResult> putAllIfAbsent(String table, List<Row> rows) {
    return Single.error(new UnsupportedOperationException());
  }

  @Override
  public Single<Boolean> compareAndSet(RowKey row, Bytes expected, Bytes next) {
    return Single.error(new UnsupportedOperationException());
  }

  @Override
  public Completable putAt(RowKey row, Bytes value, long timestamp) {
    return Completable.error(new UnsupportedOperationException());
  }

  @Override
  public Single<GroupResult> putAllAt(String table, List<TimedRow> rows) {
    return Single.error(new UnsupportedOperationException());
  }

  @Override
  public Completable removeAt(RowKey row, long timestamp) {
    return Completable.error(new UnsupportedOperationException());
  }

  @Override
  public Maybe<Bytes> get(RowKey row) {
    return Maybe.defer(() -> Maybe.fromOptional(hbase.get(row)));
  }

  @Override
  public Single<List<Optional<Bytes>>> getEach(List<RowKey> rows) {
    return Single.fromCallable(() -> rows.stream().map(hbase::get).toList());
  }

  @Override
  public Single<List<Row>> scan(RowRange range, int rowsMax) {
    return Single.fromCallable(() -> hbase.scan(range, rowsMax));
  }
}
