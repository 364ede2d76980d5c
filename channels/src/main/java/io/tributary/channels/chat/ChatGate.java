package io.tributary.channels.chat;

import io.tributary.codecs.identity.UserId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** How many sessions a process has. Thread-safe. */
public final class ChatGate {
  private final int sessionsMax;
  private final int sessionsOfUserMax;
  private final AtomicInteger sessions = new AtomicInteger();
  private final Map<UserId, Integer> ofUsers = new ConcurrentHashMap<>();

  /** How many sessions there may be. */
  public record Bounds(int sessionsMax, int sessionsOfUserMax) {}

  public ChatGate(Bounds bounds) {
    this.sessionsMax = bounds.sessionsMax();
    this.sessionsOfUserMax = bounds.sessionsOfUserMax();
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
