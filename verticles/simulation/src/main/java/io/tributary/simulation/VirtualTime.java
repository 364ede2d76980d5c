package io.tributary.simulation;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Time that passes only from one event to the next. Events at the same time keep their order. */
final class VirtualTime {
  static final long MILLISECOND = 1_000;
  static final long SECOND = 1_000 * MILLISECOND;

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(
          Comparator.comparingLong(Event::micros).thenComparingLong(Event::sequence));
  private long nowMicros;
  private long sequence;

  long nowMicros() {
    return nowMicros;
  }

  /** Has it happen after so many microseconds, at least 0. */
  void after(long micros, Runnable action) {
    events.add(new Event(nowMicros + Math.max(0, micros), sequence++, action));
  }

  /** Goes on to the next event, if there is one not later than that. */
  boolean step(long untilMicros) {
    Event next = events.peek();
    if (next == null || next.micros > untilMicros) {
      nowMicros = Math.max(nowMicros, untilMicros);
      return false;
    }
    events.remove();
    nowMicros = next.micros;
    next.action.run();
    return true;
  }

  private record Event(long micros, long sequence, Runnable action) {}
}
