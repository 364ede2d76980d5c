package io.tributary.codecs.live;

import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.Position;
import java.util.List;

/**
 * What one committed entry means to the user's sessions. Batches may be lost: one whose {@link
 * #after} lies behind what a session has seen tells it to read what it missed.
 *
 * @param after position of the last action before the entry
 * @param head position of the entry's last action
 * @param events by rising position; not every action is an event
 */
public record LiveBatch(UserId user, Position after, Position head, List<LiveEvent> events) {
  public LiveBatch {
    events = List.copyOf(events);
    if (after.compareTo(head) >= 0) {
      throw new IllegalArgumentException("a batch goes forward, not from " + after + " to " + head);
    }
  }
}
