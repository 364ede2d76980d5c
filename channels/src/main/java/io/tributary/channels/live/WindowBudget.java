package io.tributary.channels.live;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Memory for what waits for slow readers, over all of a process: each has its {@link Window}, but
 * ten thousand full ones would be too much. While little is left, those for whom something has
 * waited longest give up what they hold; when nothing is left, nobody gets more. Readers that keep
 * up hold nothing. Thread-safe.
 *
 * <p>At every moment: taken = sum of what the shares hold, at most {@code bytesMax}.
 */
public final class WindowBudget {
  private static final long DEFAULT_BYTES = 64L << 20;

  private final long bytesMax;
  private final Set<Share> holding = new LinkedHashSet<>(); // longest first
  private long taken;
  private long leaving;

  /** As much as by the default configuration. */
  public WindowBudget() {
    this(DEFAULT_BYTES);
  }

  public WindowBudget(long bytesMax) {
    if (bytesMax < 1) {
      throw new IllegalArgumentException("at least one byte is needed");
    }
    this.bytesMax = bytesMax;
  }

  /** Bytes held by all shares, about. */
  public synchronized long taken() {
    return taken;
  }

  /**
   * For one reader.
   *
   * @param giveUp called, on any thread, when this one is to give back all it holds; it may do so
   *     later
   */
  Share share(Runnable giveUp) {
    return new Share(giveUp);
  }

  /** What one reader holds. Used by one thread at a time. */
  final class Share {
    private final Runnable giveUp;
    private long held;
    private boolean asked;

    private Share(Runnable giveUp) {
      this.giveUp = giveUp;
    }

    /** False if there is no room; then nothing was taken. */
    boolean take(long bytes) {
      boolean given = grant(this, bytes);
      slowest().forEach(share -> share.giveUp.run());
      return given;
    }

    void giveBack(long bytes) {
      takeBack(this, bytes);
    }

    long held() {
      return held;
    }
  }

  private synchronized boolean grant(Share share, long bytes) {
    if (taken + bytes > bytesMax) {
      return false;
    }
    taken += bytes;
    share.held += bytes;
    if (share.asked) {
      leaving += bytes;
    } else {
      holding.add(share);
    }
    return true;
  }

  private synchronized void takeBack(Share share, long bytes) {
    taken -= bytes;
    share.held -= bytes;
    if (share.asked) {
      leaving -= bytes;
    }
    if (share.held == 0) {
      share.asked = false;
      holding.remove(share);
    }
  }

  /** Who must go, so that a quarter is free again. Each is told once. */
  private synchronized List<Share> slowest() {
    List<Share> going = new ArrayList<>();
    if (taken - leaving <= bytesMax - bytesMax / 8) {
      return going;
    }
    Iterator<Share> longest = holding.iterator();
    while (longest.hasNext() && taken - leaving > bytesMax - bytesMax / 4) {
      Share share = longest.next();
      longest.remove();
      share.asked = true;
      leaving += share.held;
      going.add(share);
    }
    return going;
  }
}
