package io.tributary.channels.chat;

import io.tributary.channels.live.WindowBudget;
import io.tributary.codecs.identity.UserId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** How much a process has of sessions, and of what they hold in memory. Thread-safe. */
public final class ChatGate {
  private final int sessionsMax;
  private final int sessionsOfUserMax;
  private final long sendBytesMax;
  private final WindowBudget windows;
  private final AtomicLong sendBytes = new AtomicLong();
  private final AtomicInteger sessions = new AtomicInteger();
  private final Map<UserId, Integer> ofUsers = new ConcurrentHashMap<>();

  /**
   * How much there may be.
   *
   * @param sendBytesMax of sends under way in all sessions together, about
   */
  public record Bounds(int sessionsMax, int sessionsOfUserMax, long sendBytesMax) {
    private static final long SEND_BYTES_DEFAULT = 64L << 20;

    /** With the default configuration's sends. */
    public Bounds(int sessionsMax, int sessionsOfUserMax) {
      this(sessionsMax, sessionsOfUserMax, SEND_BYTES_DEFAULT);
    }
  }

  /** With the default configuration's windows. */
  public ChatGate(Bounds bounds) {
    this(bounds, new WindowBudget());
  }

  /**
   * @param windows for what waits for slow clients
   */
  public ChatGate(Bounds bounds, WindowBudget windows) {
    this.sessionsMax = bounds.sessionsMax();
    this.sessionsOfUserMax = bounds.sessionsOfUserMax();
    this.sendBytesMax = bounds.sendBytesMax();
    this.windows = windows;
  }

  WindowBudget windows() {
    return windows;
  }

  /** Of sends under way. */
  public long sendBytes() {
    return sendBytes.get();
  }

  /** Takes room for a send; false if there is none, then nothing was taken. */
  boolean takeSend(long bytes) {
    if (sendBytes.addAndGet(bytes) <= sendBytesMax) {
      return true;
    }
    sendBytes.addAndGet(-bytes);
    return false;
  }

  void giveBackSend(long bytes) {
    sendBytes.addAndGet(-bytes);
  }

  public int sessions() {
    return sessions.get();
  }

  /** Of a user, after their hello. */
  public int sessionsOf(UserId user) {
    return ofUsers.getOrDefault(user, 0);
  }

  /** Takes a session's place; false if there is none, then nothing was taken. */
  boolean enter() {
    if (sessions.incrementAndGet() <= sessionsMax) {
      return true;
    }
    sessions.decrementAndGet();
    return false;
  }

  void leave() {
    sessions.decrementAndGet();
  }

  /** Takes a place among the user's sessions; false if there is none, then nothing was taken. */
  boolean enter(UserId user) {
    int count = ofUsers.merge(user, 1, Integer::sum);
    if (count <= sessionsOfUserMax) {
      return true;
    }
    leave(user);
    return false;
  }

  void leave(UserId user) {
    ofUsers.computeIfPresent(user, (id, count) -> count == 1 ? null : count - 1);
  }
}
