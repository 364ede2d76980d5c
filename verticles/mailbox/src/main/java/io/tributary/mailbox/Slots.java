package io.tributary.mailbox;

import java.util.ArrayDeque;
import java.util.Deque;

/** So many at once; others wait their turn. How many may wait is the business of who comes here. */
final class Slots {
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private int free;

  Slots(int count) {
    free = count;
  }

  /** Runs it as soon as there is a slot, which it gives back by {@link #release}. */
  void acquire(Runnable holder) {
    if (free == 0) {
      waiting.addLast(holder);
    } else {
      free--;
      holder.run();
    }
  }

  void release() {
    Runnable next = waiting.pollFirst();
    if (next == null) {
      free++;
    } else {
      next.run();
    }
  }
}
