package io.tributary.mailbox;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Answers to callers, held back until the mailbox is in order: a caller may come back with the next
 * call before its answer's call returns.
 */
final class Answers {
  private final Deque<Runnable> held = new ArrayDeque<>();

  void hold(Runnable answer) {
    held.addLast(answer);
  }

  boolean isEmpty() {
    return held.isEmpty();
  }

  void giveAll() {
    for (Runnable next = held.pollFirst(); next != null; next = held.pollFirst()) {
      next.run();
    }
  }
}
