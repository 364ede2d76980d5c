package io.tributary.codecs.live;

import io.tributary.codecs.message.Position;
import java.util.List;

/**
 * Events read from a mailbox.
 *
 * @param events by rising position
 * @param upTo everything up to here is in it; the next page begins behind
 * @param head position of the mailbox's newest action; equal to {@code upTo} on the last page
 */
public record EventPage(List<LiveEvent> events, Position upTo, Position head) {
  public EventPage {
    events = List.copyOf(events);
  }
}
