package io.tributary.loadtests.traffic;

import io.tributary.loadtests.audit.Ledger;
import io.tributary.loadtests.audit.Posting;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Senders that behave as mail servers, SMS providers and chat clients do: a message that got no
 * acknowledgement is sent again, the same, until it gets one. A refusal for good is an error of the
 * run.
 */
public final class Senders implements AutoCloseable {
  private static final int RETRY_DELAY_MILLIS = 100;

  private final Ledger ledger;
  private final Duration pause;
  private final ScheduledExecutorService threads;
  private final AtomicBoolean finishing = new AtomicBoolean();
  private final AtomicInteger busy = new AtomicInteger();
  private final AtomicInteger acknowledged = new AtomicInteger();
  private final AtomicInteger retries = new AtomicInteger();
  private volatile Optional<String> refusal = Optional.empty();

  /** Starts one for each way in, which sends without a pause. */
  public Senders(List<? extends Outlet> outlets, Ledger ledger) {
    this(outlets, ledger, Duration.ZERO);
  }

  /**
   * @param pause of each between a message's acknowledgement and the next message
   */
  public Senders(List<? extends Outlet> outlets, Ledger ledger, Duration pause) {
    this.ledger = ledger;
    this.pause = pause;
    this.threads = Executors.newScheduledThreadPool(outlets.size());
    for (Outlet outlet : outlets) {
      busy.incrementAndGet();
      Sender sender = new Sender(outlet);
      threads.execute(sender::next);
    }
  }

  /** Lets each sender bring its message to an acknowledgement, then stop. */
  public void finish() {
    finishing.set(true);
  }

  public boolean finished() {
    return busy.get() == 0;
  }

  public int acknowledged() {
    return acknowledged.get();
  }

  public int retries() {
    return retries.get();
  }

  /** A permanent error that a sender saw, if any did. */
  public Optional<String> refusal() {
    return refusal;
  }

  @Override
  public void close() {
    finish();
    threads.shutdownNow();
  }

  /** One sender: one message at a time. Runs on one thread at a time. */
  private final class Sender {
    private final Outlet outlet;

    Sender(Outlet outlet) {
      this.outlet = outlet;
    }

    void next() {
      if (finishing.get()) {
        outlet.drop();
        busy.decrementAndGet();
        return;
      }
      Posting posting = outlet.draw();
      ledger.sent(posting);
      attempt(posting);
    }

    private void attempt(Posting posting) {
      try {
        settle(posting, outlet.send());
      } catch (IOException lost) {
        outlet.drop();
        again(posting);
      }
    }

    private void settle(Posting posting, Outlet.Answer answer) {
      switch (answer.verdict()) {
        case ACKNOWLEDGED -> {
          ledger.acknowledged(posting.id());
          acknowledged.incrementAndGet();
          later(this::next, pause.toMillis());
        }
        case REFUSED -> {
          refusal = Optional.of(posting.id() + " was refused: " + answer.words());
          later(this::next, pause.toMillis());
        }
        case AGAIN -> again(posting);
      }
    }

    private void again(Posting posting) {
      retries.incrementAndGet();
      later(() -> attempt(posting), RETRY_DELAY_MILLIS);
    }

    private void later(Runnable step, long delayMillis) {
      if (!threads.isShutdown()) {
        threads.schedule(step, delayMillis, TimeUnit.MILLISECONDS);
      }
    }
  }
}
