package io.tributary.loadtests.gatling;

import io.tributary.loadtests.api.LoadUser;
import io.tributary.loadtests.api.Target;
import io.tributary.loadtests.audit.Ledger;
import io.tributary.loadtests.audit.LiveBook;
import io.tributary.loadtests.audit.Marker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the virtual users of one run share. Safe for any thread.
 *
 * <p>Gatling makes simulations itself and gives them nothing, so the run under way is found in a
 * static place.
 */
final class LoadRun {
  /** How long after the end a message may still be brought to an acknowledgement. */
  static final Duration SETTLE_MAX = Duration.ofSeconds(60);

  /** Of an SMS or a chat message. */
  static final int SHORT_TEXT_CHARACTERS = 100;

  private static final int REFUSALS_KEPT = 10;
  private static volatile Optional<LoadRun> current = Optional.empty();

  private final Target target;
  private final List<LoadUser> mailboxes;
  private final Shape shape;
  private final Marker marker;
  private final Ledger ledger = new Ledger();
  private final LiveBook live = new LiveBook();
  private final AtomicLong numbers = new AtomicLong();
  private final AtomicInteger retries = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final Queue<String> refusals = new ConcurrentLinkedQueue<>();
  private final long giveUpNanos;

  LoadRun(Target target, List<LoadUser> mailboxes, Shape shape, Marker marker) {
    this.target = target;
    this.mailboxes = List.copyOf(mailboxes);
    this.shape = shape;
    this.marker = marker;
    this.giveUpNanos = System.nanoTime() + shape.length().plus(SETTLE_MAX).toNanos();
  }

  static void begin(LoadRun run) {
    current = Optional.of(run);
  }

  static LoadRun current() {
    return current.orElseThrow(
        () -> new IllegalStateException("simulations are started by load-tests/gatling"));
  }

  Target target() {
    return target;
  }

  Shape shape() {
    return shape;
  }

  Marker marker() {
    return marker;
  }

  Ledger ledger() {
    return ledger;
  }

  LiveBook live() {
    return live;
  }

  List<LoadUser> mailboxes() {
    return mailboxes;
  }

  /** A number that no other message of this run has. */
  long nextNumber() {
    return numbers.incrementAndGet();
  }

  /** The mailboxes take turns. */
  LoadUser receiver(long number) {
    return mailboxes.get((int) (number % mailboxes.size()));
  }

  /** Whether to give up on what is still not acknowledged: it then counts as neither. */
  boolean isOver() {
    return System.nanoTime() > giveUpNanos;
  }

  void retried() {
    retries.incrementAndGet();
  }

  int retries() {
    return retries.get();
  }

  /** A permanent error, which no valid message may get. */
  void refused(String id, String answer) {
    if (refused.incrementAndGet() <= REFUSALS_KEPT) {
      refusals.add(id + ": " + answer);
    }
  }

  int refusedCount() {
    return refused.get();
  }

  /** The first of them. */
  List<String> refusals() {
    return List.copyOf(refusals);
  }
}
