package io.tributary.mailbox;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.subjects.CompletableSubject;
import io.tributary.codecs.identity.UserId;
import io.tributary.storage.LogId;
import io.tributary.storage.OwedMarkers;
import io.tributary.storage.StorageUnavailableException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Markers in memory, which win by their numbers; the test may hold the answers up. */
final class ScriptedMarkers implements OwedMarkers {
  private final Map<LogId, Long> marked;
  private final Map<LogId, Long> cleared;

  /** What was asked for, in order: {@code mark 2}, {@code clear 3}. */
  final List<String> calls = new ArrayList<>();

  /** Marks that wait for their answer; they are not done yet. */
  final List<CompletableSubject> heldMarks = new ArrayList<>();

  boolean marksAreHeld;
  boolean marksFail;
  boolean clearsAreLost;

  ScriptedMarkers() {
    this(new HashMap<>(), new HashMap<>());
  }

  private ScriptedMarkers(Map<LogId, Long> marked, Map<LogId, Long> cleared) {
    this.marked = marked;
    this.cleared = cleared;
  }

  /** The same rows, seen by another process. */
  ScriptedMarkers same() {
    return new ScriptedMarkers(marked, cleared);
  }

  boolean stands(LogId log) {
    return marked.getOrDefault(log, 0L) > cleared.getOrDefault(log, 0L);
  }

  @Override
  public Completable mark(LogId log, long entry) {
    return Completable.defer(
        () -> {
          calls.add("mark " + entry);
          if (marksFail) {
            return Completable.error(StorageUnavailableException.notApplied("scripted"));
          }
          Completable done = Completable.fromAction(() -> marked.merge(log, entry, Math::max));
          if (!marksAreHeld) {
            return done;
          }
          CompletableSubject held = CompletableSubject.create();
          heldMarks.add(held);
          return held.andThen(done);
        });
  }

  @Override
  public Completable clear(LogId log, long entry) {
    return Completable.fromAction(
        () -> {
          calls.add("clear " + entry);
          if (!clearsAreLost) {
            cleared.merge(log, entry, Math::max);
          }
        });
  }

  @Override
  public Single<List<UserId>> list(Optional<UserId> after, int max) {
    return Single.error(new AssertionError("nobody lists markers here"));
  }
}
