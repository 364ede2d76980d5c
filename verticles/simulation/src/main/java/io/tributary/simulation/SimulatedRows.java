package io.tributary.simulation;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.core.SingleEmitter;
import io.tributary.codecs.message.Bytes;
import io.tributary.simulation.Weather.Fate;
import io.tributary.storage.StorageUnavailableException;
import io.tributary.store.GroupResult;
import io.tributary.store.RegionName;
import io.tributary.store.Row;
import io.tributary.store.RowKey;
import io.tributary.store.RowRange;
import io.tributary.store.Rows;
import io.tributary.store.TimedRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** HBase as one process sees it: over a network, with a deadline on every call. */
final class SimulatedRows implements Rows {
  /** Nothing lands later than this after it was sent. */
  static final long LATE_MICROS_MAX = 25 * VirtualTime.SECOND;

  private static final long LATENESS_MICROS_MAX = 20 * VirtualTime.SECOND;
  private static final int OUTSTANDING_MAX = 200;

  private final World world;
  private final Life life;
  private final long deadlineMicros;
  private int outstanding;

  /** As this process knows them. */
  private Optional<SimulatedRegions> regions = Optional.empty();

  SimulatedRows(World world, Life life, long deadlineMicros) {
    this.world = world;
    this.life = life;
    this.deadlineMicros = deadlineMicros;
  }

  @Override
  public Single<Boolean> putIfAbsent(RowKey row, Bytes value) {
    return call("put " + name(row), () -> world.hbase().putIfAbsent(row, value));
  }

  /** Asks nobody; who asked anything lately knows. */
  @Override
  public Optional<RegionName> regionOf(RowKey row) {
    return regions.map(known -> known.of(row));
  }

  @Override
  public Single<Boolean> canPutAllIfAbsent(RowKey near) {
    return call("can put all", () -> world.scale().grouping());
  }

  /** A server that doesn't know the conditions writes. */
  @Override
  public Single<GroupResult> putAllIfAbsent(String table, List<Row> rows) {
    List<RowKey> keys = rows.stream().map(row -> new RowKey(table, row.key())).toList();
    List<Bytes> values = rows.stream().map(Row::value).toList();
    return call(
        "put all " + keys.stream().map(SimulatedRows::name).toList(),
        () -> {
          if (world.scale().grouping()) {
            return world.hbase().putAllIfAbsent(keys, values);
          }
          world.hbase().putAll(keys, values);
          return GroupResult.UNSUPPORTED;
        });
  }

  @Override
  public Single<Boolean> compareAndSet(RowKey row, Bytes expected, Bytes next) {
    return call("cas " + name(row), () -> world.hbase().compareAndSet(row, expected, next));
  }

  @Override
  public Completable putAt(RowKey row, Bytes value, long timestamp) {
    return call("putAt " + name(row), () -> world.hbase().putAt(row, value, timestamp))
        .ignoreElement();
  }

  @Override
  public Single<GroupResult> putAllAt(String table, List<TimedRow> rows) {
    List<RowKey> keys = rows.stream().map(row -> new RowKey(table, row.key())).toList();
    return call(
        "putAt all " + keys.stream().map(SimulatedRows::name).toList(),
        () -> world.hbase().putAllAt(keys, rows));
  }

  @Override
  public Completable removeAt(RowKey row, long timestamp) {
    return call("removeAt " + name(row), () -> world.hbase().removeAt(row, timestamp))
        .ignoreElement();
  }

  @Override
  public Maybe<Bytes> get(RowKey row) {
    return call("get " + name(row), () -> world.hbase().get(row))
        .flatMapMaybe(found -> found.map(Maybe::just).orElseGet(Maybe::empty));
  }

  @Override
  public Single<List<Optional<Bytes>>> getEach(List<RowKey> rows) {
    return call("getEach", () -> rows.stream().map(world.hbase()::get).toList());
  }

  /** In two steps, between which others write. */
  @Override
  public Single<List<Row>> scan(RowRange range, int rowsMax) {
    return Single.defer(
        () -> {
          int first = world.chance().between(1, rowsMax);
          return scanOnce(range, first)
              .flatMap(
                  rows ->
                      rows.size() < first || first == rowsMax || world.chance().happens(0.5)
                          ? Single.just(rows)
                          : scanOnce(after(range, rows), rowsMax - first)
                              .map(more -> joined(rows, more)));
        });
  }

  private Single<List<Row>> scanOnce(RowRange range, int rowsMax) {
    return call("scan", () -> world.hbase().scan(range, rowsMax));
  }

  private static RowRange after(RowRange range, List<Row> rows) {
    byte[] last = rows.get(rows.size() - 1).key().unsafeArray();
    byte[] next = Arrays.copyOf(last, last.length + 1);
    return new RowRange(range.table(), Bytes.ofOwned(next), range.until());
  }

  private static List<Row> joined(List<Row> rows, List<Row> more) {
    List<Row> all = new ArrayList<>(rows);
    all.addAll(more);
    return all;
  }

  private <T> Single<T> call(String what, Supplier<T> operation) {
    return Single.create(
        caller -> {
          world.boundaries().cross(life, what + ", not sent");
          if (life.ended()) {
            return;
          }
          if (outstanding == OUTSTANDING_MAX) {
            caller.onError(StorageUnavailableException.notApplied("too many calls outstanding"));
          } else {
            outstanding++;
            new Call<>(what, operation, caller).begin(world.weather().fate());
          }
        });
  }

  private static String name(RowKey row) {
    return row.key().toString();
  }

  /** One request and its answer. */
  private final class Call<T> {
    private final String what;
    private final Supplier<T> operation;
    private final SingleEmitter<T> caller;
    private boolean over;

    Call(String what, Supplier<T> operation, SingleEmitter<T> caller) {
      this.what = what;
      this.operation = operation;
      this.caller = caller;
    }

    void begin(Fate fate) {
      world
          .time()
          .after(deadlineMicros, () -> life.enter(() -> fail(unknown("no answer in time"))));
      switch (fate) {
        case FINE -> arrive(latency(), this::answer);
        case BUSY -> later(latency(), StorageUnavailableException.notApplied("too busy"));
        case REQUEST_LOST -> world.trace().note(what + " lost");
        case ANSWER_LOST -> arrive(latency(), answer -> {});
        case RESET_BEFORE -> later(latency(), unknown("reset"));
        case RESET_AFTER -> arrive(latency(), answer -> later(latency(), unknown("reset")));
        case RESET_THEN_LATE -> {
          later(latency(), unknown("reset"));
          arrive(lateness(), answer -> {});
        }
        case SLOW_ANSWER -> arrive(latency(), answer -> answerAfter(slowness(), answer));
        case LATE -> arrive(deadlineMicros + lateness(), answer -> {});
        case TWICE -> arrive(latency(), first -> arrive(latency(), this::answer));
      }
    }

    /** At the server, whatever has become of the client. */
    private void arrive(long micros, Consumer<T> then) {
      world
          .time()
          .after(
              micros,
              () -> {
                if (world.hbase().down()) {
                  world.trace().note(what + " finds it down");
                  later(latency(), unknown("reset"));
                } else {
                  T answer = operation.get();
                  regions = Optional.of(world.hbase().regions());
                  world.trace().note(what + brief(answer));
                  world.boundaries().cross(life, what + ", carried out");
                  then.accept(answer);
                }
              });
    }

    private static String brief(Object answer) {
      return answer instanceof Boolean || answer instanceof GroupResult ? " " + answer : "";
    }

    private void answer(T answer) {
      answerAfter(latency(), answer);
    }

    private void answerAfter(long micros, T answer) {
      world.time().after(micros, () -> life.enter(() -> hear(answer)));
    }

    private void hear(T answer) {
      world.boundaries().cross(life, what + ", answer not heard");
      if (!life.ended()) {
        end(() -> caller.onSuccess(answer));
        world.boundaries().cross(life, what + ", answer heard");
      }
    }

    private void later(long micros, StorageUnavailableException failure) {
      world.time().after(micros, () -> life.enter(() -> fail(failure)));
    }

    private void fail(StorageUnavailableException failure) {
      end(() -> caller.tryOnError(failure));
    }

    private void end(Runnable report) {
      if (!over) {
        over = true;
        outstanding--;
        report.run();
      }
    }

    private long latency() {
      return world.chance().latencyMicros(world.weather().callMicros());
    }

    private long slowness() {
      return world.chance().between(deadlineMicros / 10, deadlineMicros);
    }

    private long lateness() {
      return world.chance().between(1_000, LATENESS_MICROS_MAX);
    }

    private StorageUnavailableException unknown(String reason) {
      return StorageUnavailableException.outcomeUnknown(reason);
    }
  }
}
