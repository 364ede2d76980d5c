package io.tributary.mailbox;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.tributary.storage.LogId;
import io.tributary.storage.Snapshot;
import io.tributary.storage.SnapshotStore;

/** Keeps none, so that every mailbox is replayed from its beginning. */
enum NoSnapshots implements SnapshotStore {
  INSTANCE;

  @Override
  public Completable put(Snapshot snapshot) {
    return Completable.complete();
  }

  @Override
  public Flowable<Snapshot> newestFirst(LogId log) {
    return Flowable.empty();
  }
}
