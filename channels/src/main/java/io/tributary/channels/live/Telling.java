package io.tributary.channels.live;

import io.tributary.codecs.live.LiveEvent;
import io.tributary.codecs.message.Position;
import java.util.function.Predicate;

/** Tells a sink what happened: at once if it is ready, else once it is. */
final class Telling {
  private final FollowerSink sink;
  private final Waiting waiting;
  private Position told = Position.START;
  private boolean busy;
  private boolean stopped;

  Telling(FollowerSink sink, Waiting waiting) {
    this.sink = sink;
    this.waiting = waiting;
  }

  /** Everything up to here was told, or is not to be. */
  Position told() {
    return told;
  }

  /** Whether the sink has all that there was and takes more. */
  boolean isReady() {
    return !stopped && waiting.isEmpty() && sink.ready();
  }

  /** And nothing is being told right now. */
  boolean takesMore() {
    return !busy && isReady();
  }

  void began(Position from, Position head) {
    told = from;
    sink.began(head);
  }

  /** What has just happened; false if there is no room for it to wait. */
  boolean live(LiveEvent event) {
    return take(event, waiting::addLive);
  }

  /** What was read of the mailbox; false if there is no room for it to wait. */
  boolean read(LiveEvent event) {
    return take(event, waiting::addRead);
  }

  private boolean take(LiveEvent event, Predicate<LiveEvent> room) {
    if (takesMore()) {
      happened(event);
      return true;
    }
    boolean taken = stopped || room.test(event);
    goOn();
    return taken;
  }

  /** Gives the sink what it takes, unless that is being done. */
  void goOn() {
    while (!busy && !stopped && sink.ready()) {
      LiveEvent next = waiting.poll();
      if (next == null) {
        return;
      }
      happened(next);
    }
  }

  private void happened(LiveEvent event) {
    told = event.position();
    busily(() -> sink.happened(event));
  }

  /** Only when {@link #isReady}. */
  void head(Position head) {
    told = head;
    sink.head(head);
  }

  /** Only when {@link #isReady}. */
  void missed(Position from, Position to) {
    told = to;
    busily(() -> sink.missed(from, to));
  }

  /** The sink may call back. */
  private void busily(Runnable call) {
    busy = true;
    try {
      call.run();
    } finally {
      busy = false;
    }
  }

  boolean isWaiting() {
    return !waiting.isEmpty();
  }

  /** Drops what waits; whether some of it was read from the mailbox, and can be again. */
  boolean drop() {
    boolean backlog = waiting.isBacklog();
    waiting.clear();
    return backlog;
  }

  void stop() {
    stopped = true;
    waiting.clear();
  }
}
