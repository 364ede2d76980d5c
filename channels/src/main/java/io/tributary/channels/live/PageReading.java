package io.tributary.channels.live;

import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.Disposable;
import io.tributary.channels.LiveFeed;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.live.EventPage;
import io.tributary.codecs.message.Position;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads one mailbox, one page at a time, and again a little later if it could not be read. */
final class PageReading {
  private static final Logger LOG = LoggerFactory.getLogger(PageReading.class);

  private static final int PAGE_ACTIONS = 256;
  private static final Duration READ_MAX = Duration.ofSeconds(10);
  private static final long AGAIN_FIRST_MILLIS = 12;
  private static final int AGAIN_DOUBLINGS_MAX = 8;

  private final LiveSource source;
  private final UserId user;
  private final Scheduler.Worker worker;
  private final Supplier<Position> from;
  private final Consumer<EventPage> pages;
  private Disposable read = Disposable.disposed();
  private boolean busy;
  private int failures;

  /**
   * @param worker whose disposal ends it
   * @param from behind which to read
   */
  PageReading(
      LiveSource source,
      UserId user,
      Scheduler.Worker worker,
      Supplier<Position> from,
      Consumer<EventPage> pages) {
    this.source = source;
    this.user = user;
    this.worker = worker;
    this.from = from;
    this.pages = pages;
  }

  /** Reads, unless a read is under way or waits to be made again. */
  void read() {
    if (!busy && !worker.isDisposed()) {
      busy = true;
      readNow();
    }
  }

  /** The page just given is of no use: reads again a little later. */
  void readAgain() {
    busy = true;
    long most = AGAIN_FIRST_MILLIS << Math.min(failures, AGAIN_DOUBLINGS_MAX);
    failures++;
    long millis = most / 2 + source.random().nextLong(most / 2 + 1);
    Disposable unused = worker.schedule(this::readNow, millis, TimeUnit.MILLISECONDS);
  }

  /** Reads in a row that were of no use. */
  int failures() {
    return failures;
  }

  void succeeded() {
    failures = 0;
  }

  void stop() {
    read.dispose();
  }

  private void readNow() {
    read =
        source
            .feed()
            .events(user, from.get(), PAGE_ACTIONS)
            .timeout(READ_MAX.toMillis(), TimeUnit.MILLISECONDS, source.scheduler())
            .subscribe(this::answered, this::broken);
  }

  private void answered(LiveFeed.Outcome outcome) {
    if (worker.isDisposed()) {
      return;
    }
    if (outcome instanceof LiveFeed.Outcome.Events events) {
      busy = false;
      pages.accept(events.page());
    } else {
      readAgain();
    }
  }

  private void broken(Throwable error) {
    if (!(error instanceof TimeoutException)) {
      LOG.error("event=live.read_broken user={}", user, error);
    }
    readAgain();
  }
}
