package io.tributary.mailbox;

import io.tributary.mailbox.MailboxStats.Counts;

/** A mailbox's state in figures. */
final class Figures {
  private Figures() {}

  static MailboxStats of(MailboxState state) {
    long messages = 0;
    long threads = 0;
    long unread = 0;
    for (ThreadState thread : state.threads().all()) {
      messages += thread.shown();
      threads += thread.isShown() ? 1 : 0;
      unread += thread.unread();
    }
    Counts counts = new Counts(messages, threads, unread, state.outstanding().messages());
    return new MailboxStats(
        state.head(), counts, state.texts().consents(), state.texts().statuses());
  }
}
