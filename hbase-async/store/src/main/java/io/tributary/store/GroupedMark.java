package io.tributary.store;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.subjects.CompletableSubject;
import io.tributary.storage.StorageUnavailableException;

/** One marker from its arrival to its answer. */
final class GroupedMark implements RegionOffer {

  private final RowKey row;
  private final TimedRow written;
  private final CompletableSubject answer = CompletableSubject.create();
  private volatile boolean overdue;

  GroupedMark(String table, TimedRow written) {
    this.row = new RowKey(table, written.key());
    this.written = written;
  }

  RowKey row() {
    return row;
  }

  TimedRow asRow() {
    return written;
  }

  /** Its row. */
  @Override
  public Object exclusion() {
    return row;
  }

  @Override
  public int bytes() {
    return written.key().length() + written.value().length();
  }

  @Override
  public boolean send() {
    return !overdue;
  }

  void stands() {
    answer.onComplete();
  }

  void fail(Throwable failure) {
    answer.onError(failure);
  }

  Completable answer() {
    return answer;
  }

  /** What the caller is told at the deadline. It is not sent from now on. From any thread. */
  StorageUnavailableException overdue() {
    overdue = true;
    return StorageUnavailableException.outcomeUnknown("the marker has no answer in time");
  }
}
