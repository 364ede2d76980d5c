package io.tributary.mailbox;

import io.tributary.codecs.message.Position;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Chooses the messages of one page from the index, so that neither the answer nor what is read from
 * the log for it grows too large.
 */
final class MessagePage {
  /** So that an answer stays under 1 MiB. */
  static final long VIEW_BYTES_MAX = 960 * 1024;

  private static final long LOG_BYTES_MAX = 8L * 1024 * 1024;

  private final MailboxState state;
  private final OptionalInt thread;
  private final List<Integer> messages = new ArrayList<>();
  private final Set<Long> entries = new HashSet<>();
  private long viewBytes;
  private long logBytes;
  private boolean more;

  /**
   * @param thread restricts the page to one
   */
  MessagePage(MailboxState state, OptionalInt thread) {
    this.state = state;
    this.thread = thread;
  }

  /** Takes messages behind that position, at least one if there is one. */
  void fill(Position after, int size) {
    MessageIndex index = state.messages();
    for (int message = index.firstAfter(after); message < index.count(); message++) {
      if (thread.isEmpty() || index.thread(message) == thread.getAsInt()) {
        if (messages.size() == size || !fits(message)) {
          more = true;
          return;
        }
        take(message);
      }
    }
  }

  /** Ordinals, rising. */
  List<Integer> messages() {
    return messages;
  }

  /** Numbers of the entries that hold them. */
  Set<Long> entries() {
    return entries;
  }

  /** Whether messages are left for the next page. */
  boolean more() {
    return more;
  }

  private boolean fits(int message) {
    return messages.isEmpty()
        || (viewBytes + state.messages().viewBytes(message) <= VIEW_BYTES_MAX
            && logBytes + newLogBytes(message) <= LOG_BYTES_MAX);
  }

  private void take(int message) {
    viewBytes += state.messages().viewBytes(message);
    logBytes += newLogBytes(message);
    messages.add(message);
    entries.add(state.messages().position(message).entry());
  }

  private long newLogBytes(int message) {
    boolean known = entries.contains(state.messages().position(message).entry());
    return known ? 0 : state.messages().entryBytes(message);
  }
}
