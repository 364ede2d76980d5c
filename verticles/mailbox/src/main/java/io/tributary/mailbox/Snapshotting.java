package io.tributary.mailbox;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.disposables.Disposable;
import io.tributary.codecs.message.Bytes;
import io.tributary.storage.LogId;
import io.tributary.storage.Snapshot;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes snapshots of committed states, one after the other, behind everything else: nobody waits
 * for it. What doesn't fit, or fails, is noted again with the mailbox's next entry.
 *
 * <p>A state may have been put to rest, or loaded anew as another object, since it was noted: it
 * holds what was committed and nothing else, so that its snapshot is true in any case.
 */
final class Snapshotting {
  private static final Logger LOG = LoggerFactory.getLogger(Snapshotting.class);
  private static final int WAITING_MAX = 64;
  private static final int LEAVING_CONCURRENCY = 2;
  private static final Duration PAUSE = Duration.ofSeconds(5);

  /** A state weighs more in memory than as bytes. */
  private static final long WEIGHT_MAX = 4L * Snapshot.BYTES_MAX;

  private final ShardResources shared;
  private final Map<LogId, MailboxState> waiting = new LinkedHashMap<>();
  private boolean goingOn;

  Snapshotting(ShardResources shared) {
    this.shared = shared;
  }

  /** It has changed, or was loaded. */
  void note(MailboxState state) {
    boolean room = waiting.size() < WAITING_MAX || waiting.containsKey(state.log());
    if (room && isDue(state)) {
      waiting.put(state.log(), state);
      next();
    }
  }

  /**
   * Writes those that are worth it, the ones that take longest to replay first. Failures are left
   * out.
   */
  Completable leave(Collection<MailboxState> states) {
    return Flowable.fromIterable(states)
        .filter(state -> state.tail().isWorthLeaving(shared.limits().replayCostMax()))
        .sorted(Comparator.comparingLong((MailboxState state) -> -state.tail().cost()))
        .flatMapCompletable(
            state -> Completable.defer(() -> write(state)).onErrorComplete(),
            false,
            LEAVING_CONCURRENCY);
  }

  private boolean isDue(MailboxState state) {
    return state.tail().isDue(shared.limits().replayCostMax());
  }

  private void next() {
    if (!goingOn && !waiting.isEmpty()) {
      goingOn = true;
      after(Duration.ZERO, this::writeFirst);
    }
  }

  private void writeFirst() {
    shared.confine();
    var first = waiting.values().iterator();
    MailboxState state = first.next();
    first.remove();
    Disposable unused =
        Completable.defer(() -> isDue(state) ? write(state) : Completable.complete())
            .subscribe(this::ended, cause -> after(PAUSE, this::ended));
  }

  private void ended() {
    goingOn = false;
    next();
  }

  private void after(Duration pause, Runnable then) {
    Disposable unused =
        shared
            .environment()
            .scheduler()
            .scheduleDirect(then, pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  private Completable write(MailboxState state) {
    Tail tail = state.tail();
    long covered = tail.cost();
    return taken(state)
        .map(
            snapshot ->
                put(snapshot).doOnComplete(() -> tail.saved(covered, snapshot.content().length())))
        .orElseGet(Completable::complete);
  }

  private Completable put(Snapshot snapshot) {
    int bytes = snapshot.content().length();
    return shared
        .links()
        .snapshots()
        .put(snapshot)
        .doOnComplete(() -> shared.observer().snapshot(bytes, true))
        .doOnError(
            cause -> {
              shared.observer().snapshot(bytes, false);
              LOG.info(
                  "event=mailbox.snapshot_failed user={} entry={} reason=\"{}\"",
                  snapshot.log().user(),
                  snapshot.entry(),
                  cause.getMessage());
            });
  }

  /** Empty if it would be too large. */
  private Optional<Snapshot> taken(MailboxState state) {
    if (state.weightBytes() <= WEIGHT_MAX) {
      byte[] bytes = SnapshotCodec.encode(state);
      if (bytes.length <= Snapshot.BYTES_MAX) {
        return Optional.of(new Snapshot(state.log(), state.entry(), Bytes.ofOwned(bytes)));
      }
    }
    LOG.warn("event=mailbox.snapshot_too_large {}", state.names());
    shared.observer().snapshotTooLarge();
    state.tail().giveUp();
    return Optional.empty();
  }
}
