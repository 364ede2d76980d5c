package io.tributary.server.cell;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.tributary.codecs.identity.UserId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Which other nodes have sessions of the mailboxes that this one serves: those that said so lately.
 * Safe for any thread.
 */
public final class Interest {
  /** Longer than a session goes without reading its mailbox, or saying that it is there. */
  static final Duration KEPT = Duration.ofSeconds(15);

  private static final int USERS_MAX = 200_000;

  private final InstantSource clock;
  private final Cache<UserId, Map<String, Long>> untilMillis;

  public Interest(InstantSource clock) {
    this.clock = clock;
    Ticker ticker = () -> TimeUnit.MILLISECONDS.toNanos(clock.millis());
    this.untilMillis =
        Caffeine.newBuilder().expireAfterWrite(KEPT).maximumSize(USERS_MAX).ticker(ticker).build();
  }

  /** The node has sessions of the user now. */
  public void noted(UserId user, String node) {
    long now = clock.millis();
    untilMillis
        .asMap()
        .compute(
            user,
            (id, before) -> {
              Map<String, Long> after = before == null ? new HashMap<>() : new HashMap<>(before);
              after.values().removeIf(until -> until <= now);
              after.put(node, now + KEPT.toMillis());
              return Map.copyOf(after);
            });
  }

  /** Nodes to tell of what happens in the user's mailbox. */
  public List<String> nodes(UserId user) {
    Map<String, Long> noted = untilMillis.getIfPresent(user);
    if (noted == null) {
      return List.of();
    }
    long now = clock.millis();
    return noted.entrySet().stream()
        .filter(node -> node.getValue() > now)
        .map(Map.Entry::getKey)
        .toList();
  }
}
