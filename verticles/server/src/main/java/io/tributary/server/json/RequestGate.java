package io.tributary.server.json;

import io.tributary.server.api.Refusal;
import java.util.concurrent.atomic.AtomicInteger;

/** How many requests are under way in this process. Safe for any thread. */
final class RequestGate {
  private final int max;
  private final AtomicInteger underWay = new AtomicInteger();

  RequestGate(int max) {
    this.max = max;
  }

  /** Throws {@link Refusal} if there are too many. */
  void enter() {
    if (underWay.incrementAndGet() > max) {
      underWay.decrementAndGet();
      throw Refusal.retry("too many requests are under way, retry later");
    }
  }

  /** Once for each {@link #enter} that did not throw. */
  void leave() {
    underWay.decrementAndGet();
  }

  int underWay() {
    return underWay.get();
  }
}
