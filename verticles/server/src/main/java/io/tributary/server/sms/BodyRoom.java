package io.tributary.server.sms;

import java.util.concurrent.atomic.AtomicLong;

/** Memory for bodies being received, over all connections. Thread-safe. */
final class BodyRoom {
  private final long bytesMax;
  private final AtomicLong taken = new AtomicLong();

  BodyRoom(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  /** Takes room; false if there is none, then nothing was taken. */
  boolean take(int bytes) {
    if (taken.addAndGet(bytes) <= bytesMax) {
      return true;
    }
    taken.addAndGet(-bytes);
    return false;
  }

  void giveBack(long bytes) {
    taken.addAndGet(-bytes);
  }

  long taken() {
    return taken.get();
  }
}
