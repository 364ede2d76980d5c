package io.tributary.store;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.identity.Incarnation;
import io.tributary.codecs.identity.Stamp;
import io.tributary.codecs.identity.Stamps;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.log.Action;
import io.tributary.codecs.log.Entry;
import io.tributary.codecs.log.EntryCodec;
import io.tributary.codecs.log.RecordedAction;
import io.tributary.codecs.message.Bytes;
import io.tributary.storage.ActionLog;
import io.tributary.storage.AppendResult;
import io.tributary.storage.FrozenEntry;
import io.tributary.storage.LogId;
import io.tributary.storage.StoredEntry;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Appends to a log of its own, entry after entry, each offered until its outcome is known. */
final class Writer {

  private static final long PAUSE_MILLIS = 50;

  private final ActionLog actionLog;
  private final Scheduler scheduler;
  private final Stamps stamps = new Stamps(Incarnation.draw(ThreadLocalRandom.current()));
  private volatile boolean stopped;

  final LogId log =
      new LogId(new UserId(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE)), 1);

  /** In order; each was answered "appended". */
  final List<StoredEntry> acknowledged = new CopyOnWriteArrayList<>();

  /** Every answer, in order. */
  final List<AppendResult> answers = new CopyOnWriteArrayList<>();

  Writer(StoreFixture fixture) {
    this(fixture.log(), fixture.scheduler);
  }

  Writer(ActionLog actionLog, Scheduler scheduler) {
    this.actionLog = actionLog;
    this.scheduler = scheduler;
  }

  /** The next entry, never offered before. */
  FrozenEntry next() {
    Stamp stamp = stamps.next();
    Action opened = new Action.Opened(1, "c1", "someone", List.of());
    RecordedAction action = new RecordedAction(0, Optional.empty(), opened, Optional.empty());
    byte[] bytes = EntryCodec.encode(new Entry(stamp, List.of(action)));
    return new FrozenEntry(log, acknowledged.size() + 1L, stamp, Bytes.ofOwned(bytes));
  }

  /** Offers it until it stands. */
  Completable append(FrozenEntry entry) {
    return Single.defer(() -> actionLog.append(entry))
        .doOnSuccess(answers::add)
        .flatMapCompletable(answer -> settle(entry, answer));
  }

  /** Appends until told to stop. */
  Completable run() {
    return Completable.defer(
        () ->
            stopped
                ? Completable.complete()
                : append(next()).andThen(Completable.defer(this::run)));
  }

  void stop() {
    stopped = true;
  }

  private Completable settle(FrozenEntry entry, AppendResult answer) {
    if (answer instanceof AppendResult.Appended) {
      acknowledged.add(new StoredEntry(entry.number(), entry.bytes()));
      return Completable.complete();
    }
    if (answer instanceof AppendResult.SequenceTaken) {
      return Completable.error(new AssertionError("nobody else writes to " + entry.log()));
    }
    return Single.timer(PAUSE_MILLIS, TimeUnit.MILLISECONDS, scheduler)
        .flatMapCompletable(later -> append(entry));
  }
}
