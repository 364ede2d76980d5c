package io.tributary.mailbox;

import io.tributary.mailbox.MailboxStats.Counts;
import java.util.List;

/** A mailbox's state in figures. */
final class Figures {
  private Figures() {}

  static MailboxStats of(MailboxState state) {
    long unread = 0;
    for (ThreadState thread : state.threads().all()) {
      unread += thread.unread();
    }
    Counts counts =
        new Counts(
            state.messages().count(),
            state.threads().count(),
            unread,
            state.outstanding().messages());
    return new MailboxStats(state.head(), counts, List.of(), List.of());
  }
}
