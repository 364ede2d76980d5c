package io.tributary.store;

import io.tributary.store.GroupLimits.Amount;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** What waits for one region, and how many requests are under way to it. Used within turns. */
final class RegionQueue<T extends RegionOffer> {

  private final GroupLimits limits;
  private final Rhythm rhythm;
  private final Deque<T> waiting = new ArrayDeque<>();
  private long waitingBytes;
  private int flights;
  private boolean overdue;

  RegionQueue(GroupLimits limits) {
    this.limits = limits;
    this.rhythm = new Rhythm(limits.pace());
  }

  Rhythm rhythm() {
    return rhythm;
  }

  /** Whether what waits should go now, if it may, and not with what comes until the next beat. */
  boolean isDue() {
    return !rhythm.isBeating() || overdue || waiting.size() >= limits.batch().appends();
  }

  /** A beat is over: what waits should go. */
  void beat() {
    overdue = true;
  }

  /** False if there is no room. */
  boolean add(T offer) {
    Amount max = limits.queue();
    if (waiting.size() >= max.appends() || waitingBytes + offer.bytes() > max.bytes()) {
      return false;
    }
    waiting.add(offer);
    waitingBytes += offer.bytes();
    return true;
  }

  /**
   * What goes next, as sent; empty if nothing waits or enough is under way. No two of it exclude
   * each other.
   */
  List<T> take() {
    List<T> batch = new ArrayList<>();
    if (flights == limits.flightsMax()) {
      return batch;
    }
    Set<Object> taken = new HashSet<>();
    long bytes = 0;
    Iterator<T> each = waiting.iterator();
    while (each.hasNext() && batch.size() < limits.batch().appends()) {
      T next = each.next();
      if (!batch.isEmpty() && bytes + next.bytes() > limits.batch().bytes()) {
        break;
      }
      if (taken.contains(next.exclusion())) {
        continue;
      }
      each.remove();
      waitingBytes -= next.bytes();
      if (next.send()) {
        taken.add(next.exclusion());
        bytes += next.bytes();
        batch.add(next);
      }
    }
    if (!batch.isEmpty()) {
      flights++;
    }
    overdue = overdue && !waiting.isEmpty();
    return batch;
  }

  void landed() {
    flights--;
  }

  boolean isIdle() {
    return flights == 0 && waiting.isEmpty() && !rhythm.isBeating();
  }
}
