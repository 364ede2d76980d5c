package io.tributary.cli.up;

import io.tributary.cli.data.DataFolder;
import io.tributary.cli.shell.Failure;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One service and its present process. For one thread, except {@link #kill}; times in nanoseconds
 * of one clock.
 */
final class Managed {
  private final Service service;
  private final DataFolder folder;
  private final Announcer announcer;
  private final Deaths deaths = new Deaths();
  private volatile @Nullable Child child;
  private boolean ready;
  private boolean slow;
  private long startedNanos;
  private long startAtNanos = System.nanoTime();

  Managed(Service service, DataFolder folder, Announcer announcer) {
    this.service = service;
    this.folder = folder;
    this.announcer = announcer;
  }

  String name() {
    return service.name();
  }

  List<String> needs() {
    return service.needs();
  }

  boolean isReady() {
    return ready;
  }

  /**
   * One look at it: starts it, notices that it works, that it died, or that it takes too long.
   *
   * @param mayStart whether what it needs is there
   * @param ended run when its process ends
   * @throws Failure if it can't be kept up
   */
  void step(long nowNanos, boolean mayStart, Runnable ended) {
    Child current = child;
    if (current == null) {
      if (mayStart && nowNanos - startAtNanos >= 0) {
        start(nowNanos, ended);
      }
    } else if (!current.isAlive()) {
      died(current, nowNanos);
    } else if (!ready) {
      starting(current, Duration.ofNanos(nowNanos - startedNanos));
    }
  }

  private void start(long nowNanos, Runnable ended) {
    try {
      startedNanos = nowNanos;
      slow = false;
      child = Child.start(service, folder, ended);
    } catch (IOException notStarted) {
      throw new Failure(name() + " can't be started: " + notStarted.getMessage(), notStarted);
    }
  }

  private void starting(Child current, Duration since) {
    if (service.ready().getAsBoolean()) {
      ready = true;
      deaths.ready();
      announcer.say("  " + name() + " ready after " + Announcer.seconds(since));
    } else if (since.compareTo(service.bounds().start()) > 0) {
      slow = true;
      current.kill();
    } else {
      announcer.waiting(name() + " is starting", since);
    }
  }

  private void died(Child current, long nowNanos) {
    Duration lived = Duration.ofNanos(nowNanos - startedNanos);
    Optional<Duration> delay = deaths.died(nowNanos, lived, ready);
    String what =
        slow
            ? name() + " was not ready within " + Announcer.seconds(service.bounds().start())
            : name() + " ended (exit code " + current.exitValue() + ")";
    current.forget();
    child = null;
    ready = false;
    if (delay.isEmpty()) {
      throw new Failure(
          "%s again and again; its last words: %s; its log: %s"
              .formatted(what, current.lastWords(), current.log()));
    }
    startAtNanos = nowNanos + delay.get().toNanos();
    announcer.say(what + "; starting it again. Its log: " + current.log());
  }

  /** Asks its process to end, without waiting for that. */
  void ask() {
    Child current = child;
    if (current != null) {
      current.endInput();
    }
  }

  /** Ends its process, by force if it doesn't by itself in time. */
  void stop(Duration atMost) throws InterruptedException {
    Child current = child;
    if (current == null) {
      return;
    }
    long began = System.nanoTime();
    current.endInput();
    Duration bound =
        atMost.compareTo(service.bounds().stop()) < 0 ? atMost : service.bounds().stop();
    boolean inTime = current.awaitEnd(bound);
    if (!inTime) {
      current.kill();
      current.awaitEnd(service.bounds().stop());
    }
    current.forget();
    child = null;
    ready = false;
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    announcer.say(
        "  " + name() + (inTime ? " stopped after " : " killed after ") + Announcer.seconds(took));
  }

  /** SIGKILL, without waiting. */
  void kill() {
    Child current = child;
    if (current != null) {
      current.kill();
    }
  }
}
