package io.tributary.server.mailbox;

import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.Delivery;
import io.tributary.codecs.message.MessageId;
import io.tributary.mailbox.DeliverOutcome;
import io.tributary.mailbox.Freshness;
import io.tributary.mailbox.MailboxRef;
import io.tributary.mailbox.MailboxShard;
import io.tributary.mailbox.MessageView;
import io.tributary.mailbox.Page;
import io.tributary.mailbox.PageRequest;
import io.tributary.mailbox.ReadOutcome;
import io.tributary.mailbox.ThreadView;
import java.util.Optional;

/**
 * All that the local event bus carries to a mailbox verticle. Immutable; passed by reference.
 *
 * @param <A> what it is answered with
 */
public sealed interface MailboxRequest<A> {
  /** Asks the shard, on the shard's thread. */
  Single<A> askOf(MailboxShard shard);

  /** Stores a message. */
  record Deliver(Delivery delivery) implements MailboxRequest<DeliverOutcome> {
    @Override
    public Single<DeliverOutcome> askOf(MailboxShard shard) {
      return shard.deliver(delivery);
    }
  }

  /** Threads, newest first. */
  record ListThreads(MailboxRef mailbox, PageRequest page, Freshness freshness)
      implements MailboxRequest<ReadOutcome<Page<ThreadView>>> {
    @Override
    public Single<ReadOutcome<Page<ThreadView>>> askOf(MailboxShard shard) {
      return shard.listThreads(mailbox, page, freshness);
    }
  }

  /** Messages, oldest first. */
  record ListMessages(
      MailboxRef mailbox, Optional<MessageId> thread, PageRequest page, Freshness freshness)
      implements MailboxRequest<ReadOutcome<Page<MessageView>>> {
    @Override
    public Single<ReadOutcome<Page<MessageView>>> askOf(MailboxShard shard) {
      return shard.listMessages(mailbox, thread, page, freshness);
    }
  }

  /** One message. */
  record GetMessage(MailboxRef mailbox, MessageId id)
      implements MailboxRequest<ReadOutcome<MessageView>> {
    @Override
    public Single<ReadOutcome<MessageView>> askOf(MailboxShard shard) {
      return shard.getMessage(mailbox, id);
    }
  }

  /** One message as it came in. */
  record Raw(MailboxRef mailbox, MessageId id) implements MailboxRequest<ReadOutcome<Bytes>> {
    @Override
    public Single<ReadOutcome<Bytes>> askOf(MailboxShard shard) {
      return shard.raw(mailbox, id);
    }
  }
}
