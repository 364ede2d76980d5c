package io.tributary.store;

import com.stumbleupon.async.Deferred;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.message.Bytes;
import io.tributary.store.CallMeters.Operation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hbase.async.DeleteRequest;
import org.hbase.async.FailfastClient;
import org.hbase.async.GetRequest;
import org.hbase.async.KeyValue;
import org.hbase.async.PutRequest;

/** Rows of a real HBase, answered on one scheduler. */
final class AsynchbaseRows implements Rows {

  private static final byte[] FAMILY = {'c'};
  private static final byte[] QUALIFIER = {'v'};
  private static final byte[] ABSENT = {};
  private static final byte[] NOTHING = {};
  private static final int GET_EACH_MAX = 256;

  private final HBaseCalls calls;
  private final Scheduler scheduler;

  AsynchbaseRows(HBaseCalls calls, Scheduler scheduler) {
    this.calls = calls;
    this.scheduler = scheduler;
  }

  @Override
  public Single<Boolean> putIfAbsent(RowKey row, Bytes value) {
    return write(Operation.PUT_IF_ABSENT, row, ABSENT, value);
  }

  @Override
  public Optional<RegionName> regionOf(RowKey row) {
    return calls
        .client()
        .regionOf(table(row.table()), row.key().unsafeArray())
        .map(name -> new RegionName(Bytes.ofOwned(name)));
  }

  @Override
  public Single<Boolean> canPutAllIfAbsent(RowKey near) {
    PutRequest nothing = put(near.table(), near.key(), NOTHING);
    return calls.run(
        Operation.PUT_ALL_IF_ABSENT,
        scheduler,
        client -> GroupAnswers.support(client.canCreateRows(nothing)));
  }

  @Override
  public Single<GroupResult> putAllIfAbsent(String table, List<Row> rows) {
    List<PutRequest> puts = new ArrayList<>(rows.size());
    for (Row row : rows) {
      puts.add(put(table, row.key(), notEmpty(row.value()).unsafeArray()));
    }
    return calls.run(
        Operation.PUT_ALL_IF_ABSENT,
        scheduler,
        client -> GroupAnswers.result(client.createRows(puts)));
  }

  @Override
  public Single<Boolean> compareAndSet(RowKey row, Bytes expected, Bytes next) {
    return write(Operation.COMPARE_AND_SET, row, notEmpty(expected).unsafeArray(), next);
  }

  @Override
  public Completable putAt(RowKey row, Bytes value, long timestamp) {
    PutRequest put = putAt(row.table(), new TimedRow(row.key(), value, timestamp));
    return calls.run(Operation.PUT_AT, scheduler, client -> client.put(put)).ignoreElement();
  }

  @Override
  public Single<GroupResult> putAllAt(String table, List<TimedRow> rows) {
    List<PutRequest> puts = rows.stream().map(row -> putAt(table, row)).toList();
    return calls.run(
        Operation.PUT_ALL_AT, scheduler, client -> GroupAnswers.result(client.putRows(puts)));
  }

  @Override
  public Completable removeAt(RowKey row, long timestamp) {
    return calls
        .run(
            Operation.REMOVE_AT,
            scheduler,
            client ->
                client.delete(
                    new DeleteRequest(
                        table(row.table()), row.key().unsafeArray(), FAMILY, QUALIFIER, timestamp)))
        .ignoreElement();
  }

  @Override
  public Maybe<Bytes> get(RowKey row) {
    return calls
        .run(Operation.GET, scheduler, client -> client.get(request(row)))
        .mapOptional(AsynchbaseRows::value);
  }

  @Override
  public Single<List<Optional<Bytes>>> getEach(List<RowKey> rows) {
    if (rows.size() > GET_EACH_MAX) {
      return Single.error(
          new IllegalArgumentException("at most 256 rows at once, not " + rows.size()));
    }
    return calls
        .run(Operation.GET_EACH, scheduler, client -> getAll(client, rows))
        .map(answers -> answers.stream().map(AsynchbaseRows::value).toList());
  }

  @Override
  public Single<List<Row>> scan(RowRange range, int rowsMax) {
    return calls.run(
        Operation.SCAN, scheduler, client -> new RangeScan(client, range, rowsMax).run());
  }

  private Single<Boolean> write(Operation operation, RowKey row, byte[] expected, Bytes value) {
    byte[] bytes = notEmpty(value).unsafeArray();
    return calls.run(
        operation,
        scheduler,
        client -> client.compareAndSet(put(row.table(), row.key(), bytes), expected));
  }

  private static PutRequest put(String table, Bytes key, byte[] value) {
    return new PutRequest(table(table), key.unsafeArray(), FAMILY, QUALIFIER, value);
  }

  private static PutRequest putAt(String table, TimedRow row) {
    return new PutRequest(
        table(table),
        row.key().unsafeArray(),
        FAMILY,
        QUALIFIER,
        notEmpty(row.value()).unsafeArray(),
        row.timestamp());
  }

  /** HBase takes an empty expectation for "no column", and an empty value can't be told from it. */
  private static Bytes notEmpty(Bytes value) {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("a column is never empty");
    }
    return value;
  }

  private static Deferred<ArrayList<ArrayList<KeyValue>>> getAll(
      FailfastClient client, List<RowKey> rows) {
    List<Deferred<ArrayList<KeyValue>>> gets = new ArrayList<>(rows.size());
    for (RowKey row : rows) {
      gets.add(client.get(request(row)));
    }
    return Deferred.groupInOrder(gets);
  }

  private static GetRequest request(RowKey row) {
    return new GetRequest(table(row.table()), row.key().unsafeArray(), FAMILY, QUALIFIER);
  }

  private static Optional<Bytes> value(List<KeyValue> columns) {
    return columns.isEmpty()
        ? Optional.empty()
        : Optional.of(Bytes.ofOwned(columns.get(0).value()));
  }

  private static byte[] table(String name) {
    return name.getBytes(StandardCharsets.UTF_8);
  }
}
