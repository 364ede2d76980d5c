package io.tributary.store;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.tributary.codecs.message.Bytes;
import io.tributary.storage.StorageUnavailableException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Rows in memory that follow a script of what goes wrong; once it is used up all goes well. */
final class ScriptedRows implements Rows {

  /** What happens to one call. */
  enum Step {
    /** Carried out and answered. */
    FINE,
    /** Carried out; the answer is lost. */
    ANSWER_LOST,
    /** Not carried out; the answer says nothing about it. */
    REQUEST_LOST,
    /** Not carried out yet; it will be, when {@link #land} is called. */
    LATE,
    /** Not carried out, and the answer says so. */
    REFUSED,
    /** Never answered. */
    SILENT,
    /** Not carried out: the rows don't share a region. */
    SCATTERED,
    /** Not carried out: the server doesn't know how. */
    UNSUPPORTED
  }

  final Map<RowKey, Bytes> stored = new HashMap<>();
  final List<String> calls = new ArrayList<>();

  /** Of which region a row is; empty for a region that isn't known. */
  Function<RowKey, Optional<String>> regions = row -> Optional.of("all");

  boolean canPutAll = true;
  private final Deque<Step> writes = new ArrayDeque<>();
  private final Deque<Step> reads = new ArrayDeque<>();
  private final Deque<Runnable> underWay = new ArrayDeque<>();
  private final Deque<Runnable> held = new ArrayDeque<>();
  private boolean holding;

  ScriptedRows writes(Step... steps) {
    writes.addAll(List.of(steps));
    return this;
  }

  ScriptedRows reads(Step... steps) {
    reads.addAll(List.of(steps));
    return this;
  }

  /** Answers to writes wait from now on. */
  void hold() {
    holding = true;
  }

  /** Those that wait are given, and none waits any more. */
  void release() {
    holding = false;
    while (!held.isEmpty()) {
      held.remove().run();
    }
  }

  /** What was sent late arrives now. */
  void land() {
    underWay.forEach(Runnable::run);
    underWay.clear();
  }

  @Override
  public Single<Boolean> putIfAbsent(RowKey row, Bytes value) {
    return write("put", () -> stored.putIfAbsent(row, value) == null);
  }

  @Override
  public Optional<RegionName> regionOf(RowKey row) {
    return regions.apply(row).map(name -> new RegionName(Bytes.ofUtf8(name)));
  }

  @Override
  public Single<Boolean> canPutAllIfAbsent(RowKey near) {
    return Single.fromCallable(
        () -> {
          calls.add("can");
          return canPutAll;
        });
  }

  /** Takes the same row twice, as HBase does. */
  @Override
  public Single<GroupResult> putAllIfAbsent(String table, List<Row> rows) {
    return writeAll("putAll " + rows.size(), () -> putAll(table, rows));
  }

  private Single<GroupResult> writeAll(String name, java.util.function.BooleanSupplier change) {
    return Single.defer(
        () -> {
          Step next = writes.peek() == null ? Step.FINE : writes.peek();
          if (next == Step.SCATTERED || next == Step.UNSUPPORTED) {
            writes.remove();
            calls.add(name + " " + next);
            return Single.just(GroupResult.valueOf(next.name()));
          }
          return write(name, change)
              .map(written -> written ? GroupResult.WRITTEN : GroupResult.REFUSED);
        });
  }

  private boolean putAll(String table, List<Row> rows) {
    boolean absent =
        rows.stream().noneMatch(row -> stored.containsKey(new RowKey(table, row.key())));
    if (absent) {
      rows.forEach(row -> stored.put(new RowKey(table, row.key()), row.value()));
    }
    return absent;
  }

  @Override
  public Single<Boolean> compareAndSet(RowKey row, Bytes expected, Bytes next) {
    return write("cas", () -> stored.replace(row, expected, next));
  }

  @Override
  public Completable putAt(RowKey row, Bytes value, long timestamp) {
    return write("putAt", () -> stored.put(row, value) == null).ignoreElement();
  }

  @Override
  public Single<GroupResult> putAllAt(String table, List<TimedRow> rows) {
    return writeAll(
        "putAllAt " + rows.size(),
        () -> {
          rows.forEach(row -> stored.put(new RowKey(table, row.key()), row.value()));
          return true;
        });
  }

  @Override
  public Completable removeAt(RowKey row, long timestamp) {
    return write("removeAt", () -> stored.remove(row) != null).ignoreElement();
  }

  @Override
  public Maybe<Bytes> get(RowKey row) {
    return Maybe.defer(
        () -> {
          calls.add("get");
          return switch (next(reads)) {
            case FINE -> Maybe.fromOptional(Optional.ofNullable(stored.get(row)));
            case SILENT -> Maybe.never();
            default -> Maybe.error(StorageUnavailableException.outcomeUnknown("no answer"));
          };
        });
  }

  @Override
  public Single<List<Optional<Bytes>>> getEach(List<RowKey> rows) {
    return Single.defer(
        () -> {
          calls.add("getEach " + rows.size());
          return switch (next(reads)) {
            case FINE ->
                Single.just(
                    rows.stream().map(row -> Optional.ofNullable(stored.get(row))).toList());
            case SILENT -> Single.never();
            default -> Single.error(StorageUnavailableException.outcomeUnknown("no answer"));
          };
        });
  }

  @Override
  public Single<List<Row>> scan(RowRange range, int rowsMax) {
    return Single.fromCallable(() -> scanned(range, rowsMax));
  }

  private List<Row> scanned(RowRange range, int rowsMax) {
    TreeMap<byte[], Bytes> sorted = new TreeMap<>(java.util.Arrays::compareUnsigned);
    stored.forEach(
        (row, value) -> {
          if (row.table().equals(range.table())) {
            sorted.put(row.key().toArray(), value);
          }
        });
    return sorted.tailMap(range.from().toArray(), true).entrySet().stream()
        .filter(entry -> isBefore(entry.getKey(), range.until()))
        .limit(rowsMax)
        .map(entry -> new Row(Bytes.copyOf(entry.getKey()), entry.getValue()))
        .toList();
  }

  private static boolean isBefore(byte[] key, Bytes until) {
    return until.isEmpty() || java.util.Arrays.compareUnsigned(key, until.toArray()) < 0;
  }

  private Single<Boolean> write(String name, java.util.function.BooleanSupplier change) {
    return writeNow(name, change).compose(this::heldBack);
  }

  private <T> Single<T> heldBack(Single<T> answer) {
    return Single.create(
        caller -> {
          Single<T> given = answer.cache();
          Disposable unused = given.subscribe(value -> {}, failure -> {});
          Runnable give =
              () -> {
                Disposable heard = given.subscribe(caller::onSuccess, caller::tryOnError);
              };
          if (holding) {
            held.add(give);
          } else {
            give.run();
          }
        });
  }

  private Single<Boolean> writeNow(String name, java.util.function.BooleanSupplier change) {
    return Single.defer(
        () -> {
          calls.add(name);
          switch (next(writes)) {
            case FINE:
              return Single.just(change.getAsBoolean());
            case ANSWER_LOST:
              boolean unseen = change.getAsBoolean();
              return unknown("answer lost, was " + unseen);
            case LATE:
              underWay.add(() -> calls.add("landed, was " + change.getAsBoolean()));
              return unknown("late");
            case REFUSED:
              return Single.error(StorageUnavailableException.notApplied("too busy"));
            case SILENT:
              return Single.never();
            default:
              return unknown("request lost");
          }
        });
  }

  private static Single<Boolean> unknown(String reason) {
    return Single.error(StorageUnavailableException.outcomeUnknown(reason));
  }

  private static Step next(Deque<Step> script) {
    return script.isEmpty() ? Step.FINE : script.remove();
  }
}
