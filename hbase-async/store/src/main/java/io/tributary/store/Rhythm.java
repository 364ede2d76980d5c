package io.tributary.store;

import io.tributary.store.GroupLimits.Pace;

/**
 * Whether appends to a region go as they come, or in beats because they come thick and fast. Used
 * within turns.
 */
final class Rhythm {

  private final Pace pace;
  private boolean beating;
  private long sinceMillis = Long.MIN_VALUE;
  private int arrivals;

  Rhythm(Pace pace) {
    this.pace = pace;
  }

  /**
   * One arrives.
   *
   * @return whether a beat must be set now: the first
   */
  boolean begins(long nowMillis) {
    if (!beating && nowMillis >= sinceMillis + pace.millis()) {
      sinceMillis = nowMillis;
      arrivals = 0;
    }
    arrivals++;
    if (beating || arrivals < pace.appends()) {
      return false;
    }
    beating = true;
    return true;
  }

  boolean isBeating() {
    return beating;
  }

  /**
   * A beat is over.
   *
   * @return whether another must be set
   */
  boolean goesOn() {
    beating = arrivals >= pace.appends();
    arrivals = 0;
    return beating;
  }

  /** Until the next beat. All regions beat together, so that HBase has one sync for them all. */
  long millisLeft(long nowMillis) {
    return pace.millis() - Math.floorMod(nowMillis, pace.millis());
  }
}
