package io.tributary.server.live;

import io.tributary.codecs.identity.UserId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who has sessions on this node, so that nothing is published for users who have none. Safe for any
 * thread.
 */
final class Listening {
  private final Map<UserId, Integer> sessions = new ConcurrentHashMap<>();

  void began(UserId user) {
    sessions.merge(user, 1, Integer::sum);
  }

  void ended(UserId user) {
    sessions.computeIfPresent(user, (id, count) -> count == 1 ? null : count - 1);
  }

  boolean to(UserId user) {
    return sessions.containsKey(user);
  }
}
