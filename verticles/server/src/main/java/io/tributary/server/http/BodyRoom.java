package io.tributary.server.http;

import java.util.concurrent.atomic.AtomicLong;

/** Memory for bodies being received, over all connections. Thread-safe. */
public final class BodyRoom {
  private final long bytesMax;
  private final AtomicLong taken = new AtomicLong();

  public BodyRoom(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  /** Takes room; false if there is none, then nothing was taken. */
  public boolean take(long bytes) {
    if (taken.addAndGet(bytes) <= bytesMax) {
      return true;
    }
    taken.addAndGet(-bytes);
    return false;
  }

  public void giveBack(long bytes) {
    taken.addAndGet(-bytes);
  }

  public long taken() {
    return taken.get();
  }
}
