package io.tributary.channels.live;

import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.Disposable;
import io.tributary.channels.LiveFeed;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.live.EventPage;
import io.tributary.codecs.live.LiveBatch;
import io.tributary.codecs.live.LiveEvent;
import io.tributary.codecs.live.Signal;
import io.tributary.codecs.message.Position;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Makes of a {@link LiveFeed}, whose batches may be lost, one sequence of events: complete, in
 * order, each once. Owned by the feed's event loop.
 *
 * <p>Batches that follow on what was told are passed on; anything else is read from the mailbox. It
 * is read every five seconds if nothing was heard, so a lost batch is found within that time.
 * Backlogs are read a page at a time, as fast as the sink takes them. What happens live waits for a
 * sink that is not ready, as much as {@link Window} allows; beyond it the sink learns what it
 * {@link FollowerSink#missed}.
 */
public final class Follower implements LiveFeed.Listener {
  /** Behind every head: whoever asks from here only learns where the head is. */
  private static final Position BEYOND = Position.of(1L << 48, 0);

  /** How long a commit that is known of may take to be heard of. */
  private static final long GRACE_MILLIS = 50;

  /**
   * An owner that was replaced may lag for a moment; a position it never gets to is not its own.
   */
  private static final int READS_OF_A_LAGGARD_MAX = 9;

  private final LiveSource source;
  private final UserId user;
  private final Scheduler.Worker worker;
  private final Telling telling;
  private final PageReading reading;
  private final Pulse pulse;
  private final Soon soon;
  private final Consumer<Signal> signals;

  private Disposable listening = Disposable.disposed();
  private boolean started;
  private boolean began;
  private boolean stopped;
  private boolean overflown;
  private Optional<Position> since = Optional.empty();
  private Position last = Position.START;
  private Position head = Position.START;

  /**
   * @param signals what other users' sessions tell, passed on as it comes
   */
  public Follower(
      LiveSource source, UserId user, Window window, FollowerSink sink, Consumer<Signal> signals) {
    this.source = source;
    this.user = user;
    this.worker = source.scheduler().createWorker();
    this.telling =
        new Telling(
            sink,
            new Waiting(window, source.budget(), () -> worker.schedule(this::giveUpWhatWaits)));
    this.reading = new PageReading(source, user, worker, this::readFrom, this::pageCame);
    this.pulse = new Pulse(worker, source.random(), this::beat);
    this.soon = new Soon(worker, GRACE_MILLIS, this::catchUp);
    this.signals = signals;
  }

  /**
   * Begins to listen and to read. Once.
   *
   * @param since everything behind it is told; absent: what happens from now on
   */
  public void start(Optional<Position> since) {
    if (started) {
      throw new IllegalStateException("a follower is started once");
    }
    started = true;
    this.since = since;
    listening = source.feed().listen(user, this);
    reading.read();
  }

  /** The sink is ready again. Harmless at any time. */
  public void resume() {
    tell();
    catchUp();
  }

  /** Something is known to be committed: it is told soon, even if its batch is lost. */
  public void expect(Position committed) {
    head = Positions.later(head, committed);
    if (last.compareTo(committed) < 0) {
      soon.ask();
    }
  }

  /** Everything up to here was told, or waits for the sink. */
  public Position reached() {
    return last;
  }

  /** Tells nothing any more. Harmless at any time. */
  public void stop() {
    stopped = true;
    listening.dispose();
    reading.stop();
    worker.dispose();
    telling.stop();
  }

  @Override
  public void committed(LiveBatch batch) {
    if (stopped) {
      return;
    }
    head = Positions.later(head, batch.head());
    if (!began || overflown || batch.head().compareTo(last) <= 0) {
      return;
    }
    if (batch.after().compareTo(last) <= 0) {
      pulse.heard();
      takeLive(batch);
    } else {
      catchUp();
    }
  }

  @Override
  public void signalled(Signal signal) {
    if (began && !stopped) {
      signals.accept(signal);
    }
  }

  private void takeLive(LiveBatch batch) {
    for (LiveEvent event : batch.events()) {
      if (event.position().compareTo(last) > 0 && !took(event, telling::live)) {
        overflown = true;
        return;
      }
    }
    last = Positions.later(last, batch.head());
  }

  private boolean took(LiveEvent event, Predicate<LiveEvent> taker) {
    Position before = last;
    last = event.position();
    boolean taken = taker.test(event);
    if (!taken) {
      last = before;
    }
    return taken;
  }

  /** Others need the room: goes back to what was told, to read on from there or leave a gap. */
  private void giveUpWhatWaits() {
    if (!stopped && telling.isWaiting()) {
      overflown = !telling.drop();
      last = telling.told();
      resume();
    }
  }

  /** Gives the sink what it takes. */
  private void tell() {
    if (!began) {
      return;
    }
    telling.goOn();
    if (overflown && telling.takesMore()) {
      overflown = false;
      Position from = last;
      last = head;
      telling.missed(from, last);
    }
  }

  private void tellHead() {
    if (isIdle() && last.compareTo(head) >= 0) {
      pulse.told();
      telling.head(last);
    }
  }

  /** Whether the sink has all that we have and takes more. */
  private boolean isIdle() {
    return began && !overflown && telling.isReady();
  }

  private void catchUp() {
    if (isIdle() && last.compareTo(head) < 0) {
      reading.read();
    }
  }

  private Position readFrom() {
    return began ? last : since.orElse(BEYOND);
  }

  private void pageCame(EventPage page) {
    head = Positions.later(head, page.head());
    if (began) {
      takePage(page);
    } else if (since.isPresent() && since.get().compareTo(page.head()) > 0) {
      sinceIsBeyond(page);
    } else {
      begin(page, since.orElse(page.head()));
      takePage(page);
    }
  }

  private void sinceIsBeyond(EventPage page) {
    if (reading.failures() < READS_OF_A_LAGGARD_MAX) {
      reading.readAgain();
      return;
    }
    overflown = true;
    begin(page, Position.START);
    resume();
  }

  private void begin(EventPage page, Position from) {
    began = true;
    reading.succeeded();
    last = from;
    pulse.start();
    telling.began(from, page.head());
  }

  private void takePage(EventPage page) {
    if (overflown) {
      return;
    }
    Position before = last;
    for (LiveEvent event : page.events()) {
      if (event.position().compareTo(last) > 0 && !took(event, telling::read)) {
        reading.succeeded(); // the rest is read again once the sink is ready
        return;
      }
    }
    last = Positions.later(last, Positions.earlier(page.upTo(), page.head()));
    boolean moved = !last.equals(before);
    if (!moved && last.compareTo(head) < 0 && !isAllThereIs(page)) {
      reading.readAgain(); // it led nowhere
      return;
    }
    reading.succeeded();
    pulse.heard();
    if (moved || pulse.isHeadDue()) {
      tellHead();
    }
    catchUp();
  }

  /** A head that was heard of and never comes was none. */
  private boolean isAllThereIs(EventPage page) {
    boolean all = last.equals(page.head()) && reading.failures() >= READS_OF_A_LAGGARD_MAX;
    if (all) {
      head = last;
    }
    return all;
  }

  private void beat() {
    if (!isIdle()) {
      return;
    }
    if (pulse.isReadDue()) {
      reading.read();
    } else if (pulse.isHeadDue()) {
      tellHead();
    }
  }
}
