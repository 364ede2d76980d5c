package io.tributary.mailbox;

import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.Delivery;
import io.tributary.codecs.message.MessageId;
import io.tributary.storage.ActionLog;
import java.util.Optional;

/**
 * All mailboxes of one event loop. Owned by one thread, that of {@link
 * MailboxEnvironment#scheduler}: every call is made on it and every answer comes on it; the log
 * answers on it too.
 *
 * <p>Everything is lazy and begins when subscribed to. Expected failures are values, never Rx
 * errors. A caller that goes away takes nothing back.
 */
public final class MailboxShard {

  public MailboxShard(
      ActionLog log,
      MailboxEnvironment environment,
      MailboxLimits limits,
      MailboxObserver observer) {}

  /** Stores a message, answered after the commit or at the deadline. */
  public Single<DeliverOutcome> deliver(Delivery delivery) {
    return Single.just(new DeliverOutcome.Retry("mailbox missing"));
  }

  /**
   * Threads, the one with the newest message first. A thread never stands twice in one listing; one
   * that gets a message while the listing goes on moves to its front, before pages already given.
   */
  public Single<ReadOutcome<Page<ThreadView>>> listThreads(
      MailboxRef mailbox, PageRequest page, Freshness freshness) {
    return Single.just(new ReadOutcome.Retry<>("mailbox missing"));
  }

  /**
   * Messages of one thread, or of the whole mailbox, oldest first. A page may hold fewer than asked
   * for, but never none if there are more.
   */
  public Single<ReadOutcome<Page<MessageView>>> listMessages(
      MailboxRef mailbox, Optional<MessageId> thread, PageRequest page, Freshness freshness) {
    return Single.just(new ReadOutcome.Retry<>("mailbox missing"));
  }

  public Single<ReadOutcome<MessageView>> getMessage(MailboxRef mailbox, MessageId id) {
    return Single.just(new ReadOutcome.Retry<>("mailbox missing"));
  }

  /** The message as it came in, byte for byte; empty bytes if it never had a raw form. */
  public Single<ReadOutcome<Bytes>> raw(MailboxRef mailbox, MessageId id) {
    return Single.just(new ReadOutcome.Retry<>("mailbox missing"));
  }
}
