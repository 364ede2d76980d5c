package io.tributary.mailbox;

import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.tributary.storage.LogId;
import io.tributary.storage.StoredEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Reads one mailbox's log forward from its committed state, one run at a time: to load it, to catch
 * up with another owner, to prove that nothing is newer. A run ends with a page that is empty, so
 * everything written before a run began is known when it has ended.
 */
final class ForwardReading {
  private static final int PAGE_ENTRIES_MAX = 64;

  /** Whose log is read. */
  interface Reader {
    /** Takes entries in; throws if they can't be folded. */
    void page(List<StoredEntry> entries);

    /** Takes a state in that covers more of the log than what was folded so far. */
    void restored(MailboxState state);

    void complete(long run);

    void failed(long run, Throwable cause);
  }

  private enum Phase {
    RESTING,
    WAITING,
    READING
  }

  private final ShardResources shared;
  private final LogId log;
  private final LongSupplier committedEntry;
  private final Reader reader;
  private Phase phase = Phase.RESTING;
  private long runsBegun;

  ForwardReading(ShardResources shared, LogId log, LongSupplier committedEntry, Reader reader) {
    this.shared = shared;
    this.log = log;
    this.committedEntry = committedEntry;
    this.reader = reader;
  }

  /** The first run, from 1, that begins from now on. */
  long nextRun() {
    return runsBegun + 1;
  }

  boolean resting() {
    return phase == Phase.RESTING;
  }

  /** Begins the next run as soon as there is a slot, unless a run is waiting or going on. */
  void begin() {
    if (phase == Phase.RESTING) {
      phase = Phase.WAITING;
      shared.loads().acquire(this::run);
    }
  }

  private void run() {
    phase = Phase.READING;
    long run = ++runsBegun;
    Instant began = shared.environment().clock().instant();
    long firstEntry = committedEntry.getAsLong();
    Disposable unused =
        Single.defer(this::nextPage)
            .doOnSuccess(reader::page)
            .flatMap(page -> firstEntry == 0 ? restored(page) : Single.just(page))
            .repeat()
            .takeUntil((List<StoredEntry> page) -> page.isEmpty())
            .ignoreElements()
            .subscribe(
                () -> {
                  loaded(began, firstEntry, true);
                  end(() -> reader.complete(run));
                },
                cause -> {
                  loaded(began, firstEntry, false);
                  end(() -> reader.failed(run, cause));
                });
  }

  private Single<List<StoredEntry>> nextPage() {
    return shared.log().read(log, committedEntry.getAsLong() + 1, PAGE_ENTRIES_MAX);
  }

  /** A long log is folded from a snapshot on: what was folded of its first page is thrown away. */
  private Single<List<StoredEntry>> restored(List<StoredEntry> page) {
    Restoring restoring = new Restoring(shared);
    if (!restoring.isWorthIt(page)) {
      return Single.just(page);
    }
    return restoring
        .newest(log)
        .doOnSuccess(reader::restored)
        .ignoreElement()
        .toSingleDefault(page);
  }

  private void end(Runnable report) {
    phase = Phase.RESTING;
    try {
      report.run();
    } finally {
      shared.loads().release();
    }
  }

  private void loaded(Instant began, long firstEntry, boolean complete) {
    Duration latency = Duration.between(began, shared.environment().clock().instant());
    shared.observer().loaded(latency, committedEntry.getAsLong() - firstEntry, complete);
  }
}
