package io.tributary.mailbox;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.identity.UserId;
import io.tributary.storage.LogId;
import io.tributary.storage.OwedMarkers;
import io.tributary.storage.StorageUnavailableException;
import java.util.List;
import java.util.Optional;

/** Refuses to mark anything, so that nothing is ever sent from here. */
enum NoMarkers implements OwedMarkers {
  INSTANCE;

  @Override
  public Completable mark(LogId log, long entry) {
    return Completable.error(StorageUnavailableException.notApplied("this shard has no outbox"));
  }

  @Override
  public Completable clear(LogId log, long entry) {
    return Completable.complete();
  }

  @Override
  public Single<List<UserId>> list(Optional<UserId> after, int max) {
    return Single.just(List.of());
  }
}
