package io.tributary.store;

import java.util.concurrent.atomic.AtomicInteger;
import org.hbase.async.FailfastClient;

/**
 * One client from its opening to its replacement, with the calls that it hasn't answered. A call
 * whose caller gave up still counts, because asynchbase still holds it.
 */
final class ClientGeneration {

  private final FailfastClient client;
  private final int outstandingMax;
  private final AtomicInteger outstanding = new AtomicInteger();

  ClientGeneration(FailfastClient client, int outstandingMax) {
    this.client = client;
    this.outstandingMax = outstandingMax;
  }

  FailfastClient client() {
    return client;
  }

  /** Takes a place for one call; false if there is none. */
  boolean tryEnter() {
    if (outstanding.incrementAndGet() > outstandingMax) {
      outstanding.decrementAndGet();
      return false;
    }
    return true;
  }

  void leave() {
    outstanding.decrementAndGet();
  }

  int outstanding() {
    return outstanding.get();
  }
}
