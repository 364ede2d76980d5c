package io.tributary.storage;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.tributary.codecs.identity.UserId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Snapshots in memory. Answers at once, on the thread that subscribes. Safe for any thread. */
public final class InMemorySnapshotStore implements SnapshotStore {
  private static final int KEPT = 2;
  private static final Comparator<Snapshot> NEWEST_FIRST =
      Comparator.comparing((Snapshot each) -> each.log().generation())
          .thenComparing(Snapshot::entry)
          .reversed();

  private final Map<UserId, List<Snapshot>> kept = new HashMap<>();

  @Override
  public Completable put(Snapshot snapshot) {
    return Completable.fromAction(() -> keep(snapshot));
  }

  @Override
  public Flowable<Snapshot> newestFirst(LogId log) {
    return Flowable.defer(() -> Flowable.fromIterable(of(log)));
  }

  private synchronized void keep(Snapshot snapshot) {
    List<Snapshot> all = new ArrayList<>(kept.getOrDefault(snapshot.log().user(), List.of()));
    all.removeIf(each -> NEWEST_FIRST.compare(each, snapshot) == 0);
    all.add(snapshot);
    all.sort(NEWEST_FIRST);
    kept.put(snapshot.log().user(), List.copyOf(all.subList(0, Math.min(all.size(), KEPT))));
  }

  private synchronized List<Snapshot> of(LogId log) {
    return kept.getOrDefault(log.user(), List.of()).stream()
        .filter(each -> each.log().equals(log))
        .toList();
  }
}
