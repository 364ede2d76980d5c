package io.tributary.server.mailbox;

import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.live.EventPage;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.Delivery;
import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.MessageView;
import io.tributary.codecs.message.Position;
import io.tributary.mailbox.Command;
import io.tributary.mailbox.CommandOutcome;
import io.tributary.mailbox.ContactView;
import io.tributary.mailbox.DeliverOutcome;
import io.tributary.mailbox.Freshness;
import io.tributary.mailbox.MailboxRef;
import io.tributary.mailbox.MailboxShard;
import io.tributary.mailbox.MailboxStats;
import io.tributary.mailbox.MessageOrder;
import io.tributary.mailbox.Page;
import io.tributary.mailbox.PageRequest;
import io.tributary.mailbox.ReadOutcome;
import io.tributary.mailbox.ThreadFilter;
import io.tributary.mailbox.ThreadPeople;
import io.tributary.mailbox.ThreadView;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All that the local event bus carries to a mailbox verticle. Immutable; passed by reference.
 *
 * @param <A> what it is answered with
 */
public sealed interface MailboxRequest<A> {
  /** Asks the shard, on the shard's thread. */
  Single<A> askOf(MailboxShard shard);

  /** Whether the mailbox's log grows by it. */
  default boolean stores() {
    return this instanceof Deliver || this instanceof Execute;
  }

  /** Stores a message. */
  record Deliver(Delivery delivery) implements MailboxRequest<DeliverOutcome> {
    @Override
    public Single<DeliverOutcome> askOf(MailboxShard shard) {
      return shard.deliver(delivery);
    }
  }

  /** Carries out a command. */
  record Execute(MailboxRef mailbox, Command command) implements MailboxRequest<CommandOutcome> {
    @Override
    public Single<CommandOutcome> askOf(MailboxShard shard) {
      return shard.execute(mailbox, command);
    }
  }

  /** Loads the mailbox, so that its outbox goes on. */
  record Wake(MailboxRef mailbox) implements MailboxRequest<Boolean> {
    @Override
    public Single<Boolean> askOf(MailboxShard shard) {
      return shard.wake(mailbox).toSingleDefault(true);
    }
  }

  /** Threads, newest first. */
  record ListThreads(MailboxRef mailbox, ThreadFilter filter, PageRequest page, Freshness freshness)
      implements MailboxRequest<ReadOutcome<Page<ThreadView>>> {
    @Override
    public Single<ReadOutcome<Page<ThreadView>>> askOf(MailboxShard shard) {
      return shard.listThreads(mailbox, filter, page, freshness);
    }
  }

  /** Messages of a thread or of all. */
  record ListMessages(
      MailboxRef mailbox,
      Optional<MessageId> thread,
      MessageOrder order,
      PageRequest page,
      Freshness freshness)
      implements MailboxRequest<ReadOutcome<Page<MessageView>>> {
    @Override
    public Single<ReadOutcome<Page<MessageView>>> askOf(MailboxShard shard) {
      return shard.listMessages(mailbox, thread, order, page, freshness);
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

  /** What happened behind a position. */
  record Events(MailboxRef mailbox, Position since, int max)
      implements MailboxRequest<ReadOutcome<EventPage>> {
    @Override
    public Single<ReadOutcome<EventPage>> askOf(MailboxShard shard) {
      return shard.events(mailbox, since, max);
    }
  }

  /** The mailbox in figures. */
  record Stats(MailboxRef mailbox) implements MailboxRequest<ReadOutcome<MailboxStats>> {
    @Override
    public Single<ReadOutcome<MailboxStats>> askOf(MailboxShard shard) {
      return shard.stats(mailbox);
    }
  }

  /** Contacts, by rising id. */
  record Contacts(MailboxRef mailbox, PageRequest page)
      implements MailboxRequest<ReadOutcome<Page<ContactView>>> {
    @Override
    public Single<ReadOutcome<Page<ContactView>>> askOf(MailboxShard shard) {
      return shard.contacts(mailbox, page);
    }
  }

  /** Who is in a thread. */
  record PeopleOfThread(MailboxRef mailbox, MessageId thread)
      implements MailboxRequest<ReadOutcome<ThreadPeople>> {
    @Override
    public Single<ReadOutcome<ThreadPeople>> askOf(MailboxShard shard) {
      return shard.threadPeople(mailbox, thread);
    }
  }

  /** The thread of a set of users. */
  record ThreadOf(MailboxRef mailbox, Set<UserId> people)
      implements MailboxRequest<ReadOutcome<MessageId>> {
    @Override
    public Single<ReadOutcome<MessageId>> askOf(MailboxShard shard) {
      return shard.threadOf(mailbox, people);
    }
  }

  /** Users that were written with lately. */
  record RecentPeers(MailboxRef mailbox, int max)
      implements MailboxRequest<ReadOutcome<List<UserId>>> {
    @Override
    public Single<ReadOutcome<List<UserId>>> askOf(MailboxShard shard) {
      return shard.recentPeers(mailbox, max);
    }
  }
}
