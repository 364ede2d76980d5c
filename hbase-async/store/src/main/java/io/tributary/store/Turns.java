package io.tributary.store;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs what it is given one after the other, each seeing what the ones before did, on whichever
 * thread finds nobody at it. Never blocks. Safe for any thread, and from within a turn.
 */
final class Turns {

  private static final Logger LOG = LoggerFactory.getLogger(Turns.class);

  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count = new AtomicInteger();

  void run(Runnable turn) {
    waiting.add(turn);
    if (count.getAndIncrement() == 0) {
      do {
        runNext();
      } while (count.decrementAndGet() > 0);
    }
  }

  private void runNext() {
    Runnable next = waiting.remove();
    try {
      next.run();
    } catch (RuntimeException e) {
      LOG.error("event=store.turn_failed", e); // a bug of ours, which must not stop the others
    }
  }
}
