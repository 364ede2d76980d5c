package io.tributary.store;

import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.functions.Function;
import io.tributary.codecs.message.Bytes;
import io.tributary.storage.StorageUnavailableException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * One row written under a condition, whose unknown outcome is resolved by reading the row back.
 *
 * <p>What is written is unlike everything ever written, so that finding it proves that it was
 * applied. Finding something else proves that it was not and never will be. Finding the row as it
 * was before proves nothing: the request may still be under way. So the same write is offered
 * again, and after a few times the doubt is told to the caller.
 */
final class ConditionalWrite {

  /** What became of the write. */
  sealed interface Result {

    /** It stands in the row. */
    record Stands() implements Result {}

    /** Something else does. */
    record Refused() implements Result {}

    /** It may stand now or later. */
    record InDoubt(String reason) implements Result {}

    /** None of the attempts was carried out. */
    record NotApplied(String reason) implements Result {}
  }

  private static final int OFFERS_MAX = 3;

  private final Rows rows;
  private final RowKey row;
  private final Optional<Bytes> expected;
  private final Bytes value;
  private final Predicate<Bytes> own;

  private ConditionalWrite(
      Rows rows, RowKey row, Optional<Bytes> expected, Bytes value, Predicate<Bytes> own) {
    this.rows = rows;
    this.row = row;
    this.expected = expected;
    this.value = value;
    this.own = own;
  }

  /**
   * @param own whether a value found in the row is the one written here
   */
  static ConditionalWrite ofAbsent(Rows rows, RowKey row, Bytes value, Predicate<Bytes> own) {
    return new ConditionalWrite(rows, row, Optional.empty(), value, own);
  }

  static ConditionalWrite ofExpected(Rows rows, RowKey row, Bytes expected, Bytes value) {
    return new ConditionalWrite(rows, row, Optional.of(expected), value, value::equals);
  }

  /** Never signals an error; answers at the deadline at the latest. */
  Single<Result> run(Duration deadline, Scheduler scheduler) {
    Single<Result> late = Single.just(new Result.InDoubt("deadline"));
    return run(false).timeout(deadline.toMillis(), TimeUnit.MILLISECONDS, scheduler, late);
  }

  /**
   * Never signals an error; takes as long as its calls do.
   *
   * @param doubt whether it was offered before and may still land
   */
  Single<Result> run(boolean doubt) {
    return offer(new Attempts(OFFERS_MAX, doubt));
  }

  /**
   * @param left how often the write may be offered
   * @param doubt whether an earlier offer may still land
   */
  private record Attempts(int left, boolean doubt) {

    Attempts afterUnknown() {
      return new Attempts(left - 1, true);
    }
  }

  private Single<Result> offer(Attempts attempts) {
    return send()
        .flatMap(applied -> applied ? Single.just(new Result.Stands()) : readAfterRefusal())
        .onErrorResumeNext(onUnavailable(failure -> afterFailure(attempts, failure)));
  }

  private Single<Boolean> send() {
    return expected
        .map(before -> rows.compareAndSet(row, before, value))
        .orElseGet(() -> rows.putIfAbsent(row, value));
  }

  /** Refused: by someone else's value, or by our own from an attempt that nobody saw succeed. */
  private Single<Result> readAfterRefusal() {
    return find(rows.get(row))
        .<Result>map(
            found ->
                switch (found) {
                  case OWN -> new Result.Stands();
                  case OTHER -> new Result.Refused();
                  case BEFORE -> new Result.InDoubt("refused, but found as it was before");
                })
        .onErrorResumeNext(onUnavailable(unread -> doubt("refused, then unread: ", unread)));
  }

  private Single<Result> afterFailure(Attempts attempts, StorageUnavailableException failure) {
    if (failure.certainlyNotApplied()) {
      return attempts.doubt() ? doubt("", failure) : Single.just(notApplied(failure));
    }
    return find(rows.get(row))
        .flatMap(found -> afterUnknown(found, attempts.afterUnknown(), failure))
        .onErrorResumeNext(onUnavailable(unread -> doubt("", failure)));
  }

  private Single<Result> afterUnknown(
      Found found, Attempts attempts, StorageUnavailableException failure) {
    return switch (found) {
      case OWN -> Single.just(new Result.Stands());
      case OTHER -> Single.just(new Result.Refused());
      case BEFORE -> attempts.left() > 0 ? offer(attempts) : doubt("", failure);
    };
  }

  private static Single<Result> doubt(String prefix, StorageUnavailableException failure) {
    return Single.just(new Result.InDoubt(prefix + failure.getMessage()));
  }

  private static Result notApplied(StorageUnavailableException failure) {
    return new Result.NotApplied(String.valueOf(failure.getMessage()));
  }

  /** Anything else is a programmer's error, and stays one. */
  private static Function<Throwable, Single<Result>> onUnavailable(
      Function<StorageUnavailableException, Single<Result>> handler) {
    return error ->
        error instanceof StorageUnavailableException failure
            ? handler.apply(failure)
            : Single.error(error);
  }

  /** What a read of the row found. */
  private enum Found {
    OWN,
    OTHER,
    BEFORE
  }

  private Single<Found> find(Maybe<Bytes> read) {
    return read.map(this::compare).defaultIfEmpty(expected.isEmpty() ? Found.BEFORE : Found.OTHER);
  }

  private Found compare(Bytes found) {
    if (own.test(found)) {
      return Found.OWN;
    }
    return expected.filter(found::equals).isPresent() ? Found.BEFORE : Found.OTHER;
  }
}
