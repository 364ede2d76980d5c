package io.tributary.store;

import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.disposables.SerialDisposable;
import io.reactivex.rxjava3.subjects.SingleSubject;
import io.tributary.codecs.message.Bytes;
import io.tributary.storage.FrozenEntry;
import io.tributary.store.ConditionalWrite.Result;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/**
 * One append from its arrival to its answer. Used within turns, but for its end at the deadline.
 */
final class GroupedAppend implements RegionOffer {

  private enum Stage {
    WAITING,
    SENT,
    OVERDUE
  }

  private final FrozenEntry entry;
  private final RowKey row;
  private final Predicate<Bytes> own;
  private final SingleSubject<Result> answer = SingleSubject.create();
  private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.WAITING);
  private final SerialDisposable alone = new SerialDisposable();
  private boolean doubt;
  private int offers;

  /**
   * @param own whether a value found in the row is the one written here
   */
  GroupedAppend(FrozenEntry entry, RowKey row, Predicate<Bytes> own) {
    this.entry = entry;
    this.row = row;
    this.own = own;
  }

  FrozenEntry entry() {
    return entry;
  }

  RowKey row() {
    return row;
  }

  /** Its log. */
  @Override
  public Object exclusion() {
    return entry.log();
  }

  @Override
  public int bytes() {
    return entry.bytes().length();
  }

  boolean isOwn(Bytes found) {
    return own.test(found);
  }

  Row asRow() {
    return new Row(row.key(), entry.bytes());
  }

  @Override
  public boolean send() {
    offers++;
    return stage.compareAndSet(Stage.WAITING, Stage.SENT) || stage.get() == Stage.SENT;
  }

  int offers() {
    return offers;
  }

  /** An offer of it may still land. */
  void enterDoubt() {
    doubt = true;
  }

  boolean inDoubt() {
    return doubt;
  }

  void answer(Result result) {
    answer.onSuccess(result);
  }

  /** Nothing was written by the latest offer, and there will be no other. */
  void refuse(String reason) {
    answer(doubt ? new Result.InDoubt(reason) : new Result.NotApplied(reason));
  }

  /** A programmer's error. */
  void fail(Throwable error) {
    answer.onError(error);
  }

  /** What goes on for it alone, which ends when nobody waits for it any more. */
  void untilOverdue(Disposable work) {
    alone.set(work);
  }

  Single<Result> answer() {
    return answer;
  }

  /** What the caller is told at the deadline. It is not sent from now on. From any thread. */
  Result overdue() {
    Stage before = stage.getAndSet(Stage.OVERDUE);
    alone.dispose();
    return before == Stage.WAITING
        ? new Result.NotApplied("waited for its turn until the deadline")
        : new Result.InDoubt("deadline");
  }
}
