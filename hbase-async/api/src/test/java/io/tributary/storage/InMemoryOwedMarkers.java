package io.tributary.storage;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.identity.UserId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Markers in memory. Answers at once, on the thread that subscribes. Safe for any thread. */
public final class InMemoryOwedMarkers implements OwedMarkers {
  private static final Comparator<UserId> ROW_ORDER =
      Comparator.comparing((UserId user) -> user.slot().number()).thenComparing(user -> user);

  private final Map<UserId, Newest> markers = new HashMap<>();

  private record Time(int generation, long entry) implements Comparable<Time> {
    @Override
    public int compareTo(Time other) {
      return Comparator.comparing(Time::generation).thenComparing(Time::entry).compare(this, other);
    }
  }

  private record Newest(Optional<Time> marked, Optional<Time> cleared) {
    boolean stands() {
      return marked.isPresent() && (cleared.isEmpty() || marked.get().compareTo(cleared.get()) > 0);
    }
  }

  @Override
  public Completable mark(LogId log, long entry) {
    return Completable.fromAction(() -> note(log, entry, true));
  }

  @Override
  public Completable clear(LogId log, long entry) {
    return Completable.fromAction(() -> note(log, entry, false));
  }

  @Override
  public Single<List<UserId>> list(Optional<UserId> after, int max) {
    if (max < 1 || max > 1_000) {
      return Single.error(new IllegalArgumentException("1 to 1000 markers at once, not " + max));
    }
    return Single.fromSupplier(() -> listed(after, max));
  }

  private synchronized void note(LogId log, long entry, boolean mark) {
    if (entry < 1) {
      throw new IllegalArgumentException("entry must be at least 1, was " + entry);
    }
    Optional<Time> now = Optional.of(new Time(log.generation(), entry));
    markers.merge(
        log.user(),
        new Newest(mark ? now : Optional.empty(), mark ? Optional.empty() : now),
        (one, next) ->
            new Newest(newer(one.marked(), next.marked()), newer(one.cleared(), next.cleared())));
  }

  private static Optional<Time> newer(Optional<Time> one, Optional<Time> next) {
    return one.isEmpty() || (next.isPresent() && next.get().compareTo(one.get()) > 0) ? next : one;
  }

  private synchronized List<UserId> listed(Optional<UserId> after, int max) {
    return markers.entrySet().stream()
        .filter(each -> each.getValue().stands())
        .map(Map.Entry::getKey)
        .filter(user -> after.isEmpty() || ROW_ORDER.compare(user, after.get()) > 0)
        .sorted(ROW_ORDER)
        .limit(max)
        .toList();
  }
}
