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
  private final WindowBudget.Share share;
  private @Nullable ArrayDeque<LiveEvent> events;
  private boolean backlog;

  /**
   * @param giveUp called on any thread, when {@link #clear} is to be called soon
   */
  Waiting(Window window, WindowBudget budget, Runnable giveUp) {
    this.window = window;
    this.share = budget.share(giveUp);
  }

  boolean isEmpty() {
    return events == null;
  }

  /** Takes what has just happened; false if it is too much. An empty window takes any one event. */
  boolean addLive(LiveEvent event) {
    boolean fits =
        events == null
            || (events.size() < window.eventsMax()
                && share.held() + size(event) <= window.bytesMax());
    return fits && add(event);
  }

  /** Takes what was read as part of a page, whose size has a bound of its own. */
  boolean addRead(LiveEvent event) {
    boolean added = add(event);
    backlog |= added;
    return added;
  }

  private boolean add(LiveEvent event) {
    if (!share.take(size(event))) {
      return false;
    }
    if (events == null) {
      events = new ArrayDeque<>();
    }
    events.add(event);
    return true;
  }

  @Nullable LiveEvent poll() {
    if (events == null) {
      return null;
    }
    LiveEvent next = events.remove();
    share.giveBack(size(next));
    if (events.isEmpty()) {
      clear();
    }
    return next;
  }

  /** Whether some of it was read from the mailbox, and can be again. */
  boolean isBacklog() {
    return backlog;
  }

  void clear() {
    events = null;
    backlog = false;
    share.giveBack(share.held());
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
