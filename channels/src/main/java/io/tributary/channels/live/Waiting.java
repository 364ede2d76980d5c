package io.tributary.channels.live;

import io.tributary.codecs.live.LiveEvent;
import io.tributary.codecs.message.MessageView;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Events that wait for a sink. Empty, it takes next to no memory: most sessions are idle. */
final class Waiting {
  /** What an event takes beside its text, about. */
  private static final int OVERHEAD_BYTES = 256;

  private final Window window;
  private @Nullable ArrayDeque<LiveEvent> events;
  private long bytes;

  Waiting(Window window) {
    this.window = window;
  }

  boolean isEmpty() {
    return events == null;
  }

  /** An empty window takes any one event. */
  boolean hasRoomFor(LiveEvent event) {
    return events == null
        || (events.size() < window.eventsMax() && bytes + size(event) <= window.bytesMax());
  }

  /** Takes it, whether there is room or not. */
  void add(LiveEvent event) {
    if (events == null) {
      events = new ArrayDeque<>();
    }
    events.add(event);
    bytes += size(event);
  }

  @Nullable LiveEvent poll() {
    if (events == null) {
      return null;
    }
    LiveEvent next = events.remove();
    bytes -= size(next);
    if (events.isEmpty()) {
      clear();
    }
    return next;
  }

  void clear() {
    events = null;
    bytes = 0;
  }

  private static long size(LiveEvent event) {
    if (event instanceof LiveEvent.Arrived arrived) {
      return size(arrived.message());
    }
    if (event instanceof LiveEvent.Sent sent) {
      return size(sent.message());
    }
    return OVERHEAD_BYTES;
  }

  private static long size(MessageView message) {
    return OVERHEAD_BYTES + message.subject().length() + (long) message.text().length();
  }
}
