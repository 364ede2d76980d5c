package io.tributary.cli.up;

import io.tributary.cli.data.DataFolder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Keeps services running, each started when those that it needs are ready, stopped in the opposite
 * order. One thread runs it; {@link #requestStop} may come from any.
 */
final class Supervisor {
  private static final Duration GLANCE = Duration.ofMillis(100);
  private static final Duration STOP_AT_ONCE = Duration.ZERO;

  private final List<Managed> services;
  private final String front;
  private final Watch watch;
  private final Announcer announcer;
  private final Semaphore wake = new Semaphore(0);
  private final AtomicInteger stopRequests = new AtomicInteger();

  /** What happens around the services, always on the supervisor's thread. */
  interface Watch {
    /** All are ready. Called at every glance; it does its work once for each time it is true. */
    void allReady();

    /** The one that people talk to isn't. Called at every glance. */
    void notReady();

    /** Something may have grown. Called at every glance. */
    void glance();
  }

  /**
   * @param services each after those that it needs
   * @param front the name of the one that people talk to
   */
  Supervisor(
      List<Service> services, String front, DataFolder folder, Announcer announcer, Watch watch) {
    this.front = front;
    this.services =
        services.stream().map(service -> new Managed(service, folder, announcer)).toList();
    this.watch = watch;
    this.announcer = announcer;
  }

  /**
   * Runs until the stop is asked for.
   *
   * @throws io.tributary.cli.shell.Failure if a service can't be kept up
   */
  void run() throws InterruptedException {
    try {
      while (stopRequests.get() == 0) {
        step();
        awaitGlance();
      }
      announcer.say("Stopping …");
    } finally {
      watch.notReady();
      stopAll();
    }
  }

  /** Ends {@link #run} in order; asked for a second time, at once. */
  void requestStop() {
    if (stopRequests.incrementAndGet() > 1) {
      services.forEach(Managed::kill);
    }
    wake.release();
  }

  private void step() {
    Set<String> ready = ready();
    for (Managed service : services) {
      service.step(System.nanoTime(), ready.containsAll(service.needs()), wake::release);
    }
    Set<String> now = ready();
    if (now.size() == services.size()) {
      watch.allReady();
    } else if (!now.contains(front)) {
      watch.notReady();
    }
    watch.glance();
  }

  private Set<String> ready() {
    return services.stream()
        .filter(Managed::isReady)
        .map(Managed::name)
        .collect(Collectors.toSet());
  }

  /** Until the next look, which comes sooner if something happens. */
  private void awaitGlance() throws InterruptedException {
    if (wake.tryAcquire(GLANCE.toMillis(), TimeUnit.MILLISECONDS)) {
      wake.drainPermits();
    }
  }

  private void stopAll() throws InterruptedException {
    List<Managed> reversed = new ArrayList<>(services);
    Collections.reverse(reversed);
    for (Managed service : reversed) {
      askThoseLike(service);
      service.stop(stopRequests.get() > 1 ? STOP_AT_ONCE : Duration.ofDays(1));
    }
  }

  /** Those that need the same need not wait for each other. */
  private void askThoseLike(Managed service) {
    services.stream().filter(other -> other.needs().equals(service.needs())).forEach(Managed::ask);
  }
}
