package io.tributary.codecs.identity;

import java.util.concurrent.atomic.AtomicLong;

/** Draws the stamps of one process life. Safe for any thread. */
public final class Stamps {
  private final Incarnation incarnation;
  private final AtomicLong counter = new AtomicLong();

  public Stamps(Incarnation incarnation) {
    this.incarnation = incarnation;
  }

  public Incarnation incarnation() {
    return incarnation;
  }

  /** A stamp that nothing else carries. */
  public Stamp next() {
    return new Stamp(incarnation, counter.incrementAndGet());
  }
}
