package io.tributary.mailbox;

import io.tributary.mailbox.MailboxLinks.Carried;
import java.time.Duration;

/** Told what a shard does; for metrics. Called on the shard's thread: return soon. */
public interface MailboxObserver {
  MailboxObserver NONE = new MailboxObserver() {};

  /** A caller of deliver was answered. */
  default void delivered(DeliverOutcome outcome) {}

  /** A caller of execute was answered. */
  default void executed(CommandOutcome outcome) {}

  /** A copy was carried to its recipient's mailbox, or not. */
  default void carried(Carried outcome) {}

  /**
   * An entry was resolved as stored.
   *
   * @param latency since it was first sent
   */
  default void appended(Duration latency, int actions) {}

  /** An entry's number was taken by another owner's entry; its actions are decided again. */
  default void outrun() {}

  /**
   * A mailbox was read forward from the log, or not.
   *
   * @param entries folded
   */
  default void loaded(Duration latency, long entries, boolean complete) {}

  /** A snapshot was written, or not. */
  default void snapshot(int bytes, boolean written) {}

  /** A state is too large for a snapshot: who takes the mailbox over replays all of its log. */
  default void snapshotTooLarge() {}

  /** Deliveries of this shard that wait or are in an unresolved entry, now. */
  default void queueDepth(int deliveries) {}

  /** Mailboxes of this shard whose entry has an unknown outcome, now. */
  default void inDoubt(int mailboxes) {}
}
