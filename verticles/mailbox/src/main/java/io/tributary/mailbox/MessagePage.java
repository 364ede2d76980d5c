package io.tributary.mailbox;

import io.tributary.codecs.message.Position;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the messages of one page from the index, so that neither the answer nor what is read from
 * the log for it grows too large.
 */
final class MessagePage {
  /** So that an answer stays under 1 MiB. */
  static final long VIEW_BYTES_MAX = 960 * 1024;

  private static final long LOG_BYTES_MAX = 8L * 1024 * 1024;

  private final MessageIndex index;
  private final @Nullable ThreadState thread;
  private final MessageOrder order;
  private final List<Integer> messages = new ArrayList<>();
  private final Set<Long> entries = new HashSet<>();
  private long viewBytes;
  private long logBytes;
  private boolean more;

  /**
   * @param thread restricts the page to one
   */
  MessagePage(MailboxState state, @Nullable ThreadState thread, MessageOrder order) {
    this.index = state.messages();
    this.thread = thread;
    this.order = order;
  }

  /** Takes messages behind that position in the page's order, at least one if there is one. */
  void fill(Optional<Position> from, int size) {
    int step = order.newestFirst() ? -1 : 1;
    for (int n = first(from); n >= 0 && n < candidates(); n += step) {
      int message = candidate(n);
      if (order.showDeleted() || !index.deleted(message)) {
        if (messages.size() == size || !fits(message)) {
          more = true;
          return;
        }
        take(message);
      }
    }
  }

  private int candidates() {
    return thread == null ? index.count() : thread.messageCount();
  }

  private int candidate(int n) {
    return thread == null ? n : thread.message(n);
  }

  private int first(Optional<Position> from) {
    if (from.isEmpty()) {
      return order.newestFirst() ? candidates() - 1 : 0;
    }
    int behind = firstBehind(from.get());
    if (!order.newestFirst()) {
      return behind;
    }
    boolean there = behind > 0 && index.position(candidate(behind - 1)).equals(from.get());
    return there ? behind - 2 : behind - 1;
  }

  /** The first candidate behind that position, by halving; {@link #candidates} if none is. */
  private int firstBehind(Position position) {
    int low = 0;
    int high = candidates();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (index.position(candidate(middle)).compareTo(position) > 0) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** Ordinals, in the page's order. */
  List<Integer> messages() {
    return messages;
  }

  /** Numbers of the entries that hold them. */
  Set<Long> entries() {
    return entries;
  }

  /** Position of the last message, if messages are left for the next page. */
  Optional<Position> end() {
    return more ? Optional.of(index.position(messages.get(messages.size() - 1))) : Optional.empty();
  }

  private boolean fits(int message) {
    return messages.isEmpty()
        || (viewBytes + index.viewBytes(message) <= VIEW_BYTES_MAX
            && logBytes + newLogBytes(message) <= LOG_BYTES_MAX);
  }

  private void take(int message) {
    viewBytes += index.viewBytes(message);
    logBytes += newLogBytes(message);
    messages.add(message);
    entries.add(index.position(message).entry());
  }

  private long newLogBytes(int message) {
    boolean known = entries.contains(index.position(message).entry());
    return known ? 0 : index.entryBytes(message);
  }
}
