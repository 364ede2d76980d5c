package io.tributary.mailbox;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.core.SingleEmitter;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.live.EventPage;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.Delivery;
import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.MessageView;
import io.tributary.codecs.message.Position;
import io.tributary.mailbox.ReadOutcome.NotHere;
import io.tributary.mailbox.ReadOutcome.Retry;
import io.tributary.storage.LogId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * All mailboxes of one event loop. Owned by one thread, that of {@link
 * MailboxEnvironment#scheduler}: every call is made on it and every answer comes on it; the log
 * answers on it too.
 *
 * <p>Everything is lazy and begins when subscribed to. Expected failures are values, never Rx
 * errors. A caller that goes away takes nothing back.
 *
 * <p>Mailboxes with work are held until they have none; the states of the others are in a bounded
 * cache, loaded again from the log when they have left it.
 */
public final class MailboxShard {
  private final ShardResources shared;
  private final Mailboxes mailboxes;
  private final MailboxReads reads;
  private final EventReads events;
  private int readsGoingOn;
  private Ownership ownership = Ownership.SURE;

  public MailboxShard(
      MailboxLinks links,
      MailboxEnvironment environment,
      MailboxLimits limits,
      MailboxObserver observer) {
    this.shared = new ShardResources(links, environment, limits, observer);
    this.mailboxes = new Mailboxes(shared);
    this.reads = new MailboxReads(shared);
    this.events = new EventReads(shared);
  }

  /** Stores a message, answered after the commit or at the deadline. */
  public Single<DeliverOutcome> deliver(Delivery delivery) {
    return Single.create(caller -> deliver(delivery, caller));
  }

  /** Carries out a command, answered after the commit or at the deadline. */
  public Single<CommandOutcome> execute(MailboxRef mailbox, Command command) {
    return Single.create(caller -> enter(mailbox.log(), new PendingCommand(command, caller)));
  }

  /**
   * Somebody saw the mailbox's marker: loads it, so that it goes on with what its outbox owes, or
   * has the marker removed if that is nothing. Complete when it is loaded, or can't be now; never
   * fails.
   */
  public Completable wake(MailboxRef mailbox) {
    return Completable.create(caller -> wake(mailbox.log(), caller::onComplete))
        .timeout(
            shared.limits().deadline().toMillis(),
            TimeUnit.MILLISECONDS,
            shared.environment().scheduler(),
            Completable.complete());
  }

  /** From now on; at first it is sure. */
  public void ownership(Ownership now) {
    ownership = now;
    if (now == Ownership.LOST) {
      mailboxes.forget(user -> true);
    }
  }

  /**
   * These may have been another node's for a while: what is in memory of them is read again before
   * it is used.
   */
  public void forget(Predicate<UserId> users) {
    mailboxes.forget(users);
  }

  /**
   * Writes snapshots of the mailboxes in memory that others would have to replay, so that who takes
   * them over has them soon. Complete when that is done; never fails. What is committed later is
   * not in them.
   */
  public Completable leave() {
    return Completable.defer(() -> shared.snapshots().leave(mailboxes.states()));
  }

  private void wake(LogId id, Runnable done) {
    mailboxes.activate(id).ifPresentOrElse(mailbox -> mailbox.wake(done), done);
  }

  /**
   * Threads, the one with the newest message first. A thread never stands twice in one listing; one
   * that gets a message while the listing goes on moves to its front, before pages already given. A
   * page may hold fewer than asked for, but never none if there are more.
   */
  public Single<ReadOutcome<Page<ThreadView>>> listThreads(
      MailboxRef mailbox, ThreadFilter filter, PageRequest page, Freshness freshness) {
    return read(mailbox, freshness, state -> Single.just(ThreadReads.threads(state, filter, page)));
  }

  /** All threads but Junk's. */
  public Single<ReadOutcome<Page<ThreadView>>> listThreads(
      MailboxRef mailbox, PageRequest page, Freshness freshness) {
    return listThreads(mailbox, ThreadFilter.ALL, page, freshness);
  }

  /**
   * Messages of one thread, or of the whole mailbox. A page may hold fewer than asked for, but
   * never none if there are more.
   */
  public Single<ReadOutcome<Page<MessageView>>> listMessages(
      MailboxRef mailbox,
      Optional<MessageId> thread,
      MessageOrder order,
      PageRequest page,
      Freshness freshness) {
    return readProved(mailbox, freshness, state -> reads.messages(state, thread, order, page));
  }

  /** Oldest first, without deleted ones. */
  public Single<ReadOutcome<Page<MessageView>>> listMessages(
      MailboxRef mailbox, Optional<MessageId> thread, PageRequest page, Freshness freshness) {
    return listMessages(mailbox, thread, MessageOrder.OLDEST_FIRST, page, freshness);
  }

  public Single<ReadOutcome<MessageView>> getMessage(MailboxRef mailbox, MessageId id) {
    return readProved(mailbox, Freshness.COMMITTED, state -> reads.message(state, id));
  }

  /**
   * What happened behind {@code since}, oldest first, at most {@code max} actions; where {@code
   * since} lies at or beyond the head: no events, and the head.
   *
   * @param max 1 to 256
   */
  public Single<ReadOutcome<EventPage>> events(MailboxRef mailbox, Position since, int max) {
    return inTime(
        read(
                mailbox,
                Freshness.COMMITTED,
                state ->
                    since.compareTo(state.head()) > 0
                        ? Single.just(new ReadOutcome.NoSuch<EventPage>())
                        : events.page(state, since, max))
            .flatMap(
                outcome ->
                    outcome instanceof ReadOutcome.NoSuch
                        ? read(mailbox, Freshness.LATEST, state -> events.page(state, since, max))
                        : Single.just(outcome)));
  }

  public Single<ReadOutcome<MailboxStats>> stats(MailboxRef mailbox) {
    return read(
        mailbox,
        Freshness.COMMITTED,
        state -> Single.just(new ReadOutcome.Found<>(Figures.of(state))));
  }

  /** By rising id. */
  public Single<ReadOutcome<Page<ContactView>>> contacts(MailboxRef mailbox, PageRequest page) {
    return read(
        mailbox, Freshness.COMMITTED, state -> Single.just(PeopleReads.contacts(state, page)));
  }

  public Single<ReadOutcome<ThreadPeople>> threadPeople(MailboxRef mailbox, MessageId thread) {
    return readProved(
        mailbox,
        Freshness.COMMITTED,
        state -> Single.just(PeopleReads.threadPeople(state, thread)));
  }

  /** The thread of exactly these users and the mailbox's; no such if there is none. */
  public Single<ReadOutcome<MessageId>> threadOf(MailboxRef mailbox, Set<UserId> people) {
    return read(
        mailbox, Freshness.COMMITTED, state -> Single.just(PeopleReads.threadOf(state, people)));
  }

  /**
   * The users here in the threads with the newest messages.
   *
   * @param max 1 to 1,000
   */
  public Single<ReadOutcome<List<UserId>>> recentPeers(MailboxRef mailbox, int max) {
    return read(
        mailbox, Freshness.COMMITTED, state -> Single.just(PeopleReads.recentPeers(state, max)));
  }

  /** The message as it came in, byte for byte; empty bytes if it never had a raw form. */
  public Single<ReadOutcome<Bytes>> raw(MailboxRef mailbox, MessageId id) {
    return readProved(mailbox, Freshness.COMMITTED, state -> reads.raw(state, id));
  }

  private void deliver(Delivery delivery, SingleEmitter<DeliverOutcome> caller) {
    LogId id = new LogId(delivery.recipient().user(), delivery.recipient().generation());
    enter(id, new PendingDelivery(delivery, caller));
  }

  private void enter(LogId id, Pending<?> pending) {
    mailboxes
        .activate(id)
        .ifPresentOrElse(
            mailbox -> mailbox.enter(pending),
            () -> pending.refuse(shared.observer(), "server busy"));
  }

  private <T> Single<ReadOutcome<T>> read(
      MailboxRef ref, Freshness asked, Function<MailboxState, Single<ReadOutcome<T>>> form) {
    return Single.defer(
        () -> {
          Freshness freshness = ownership == Ownership.SURE ? asked : Freshness.LATEST;
          if (readsGoingOn >= shared.limits().shard().readsMax()) {
            return Single.just(new Retry<>("server busy"));
          }
          readsGoingOn++;
          MailboxState atHand = freshness == Freshness.LATEST ? null : mailboxes.atHand(ref.log());
          return (atHand == null ? readUntilDeadline(ref, freshness, form) : form.apply(atHand))
              .onErrorReturn(cause -> new Retry<>(ReadFailure.reason(ref.log(), cause)))
              .doFinally(() -> readsGoingOn--);
        });
  }

  /** That there is no such thing is said only after the log was asked: another may have made it. */
  private <T> Single<ReadOutcome<T>> readProved(
      MailboxRef ref, Freshness asked, Function<MailboxState, Single<ReadOutcome<T>>> form) {
    return inTime(
        read(ref, asked, form)
            .flatMap(
                outcome ->
                    outcome instanceof ReadOutcome.NoSuch && asked == Freshness.COMMITTED
                        ? read(ref, Freshness.LATEST, form)
                        : Single.just(outcome)));
  }

  private <T> Single<ReadOutcome<T>> readUntilDeadline(
      MailboxRef ref, Freshness freshness, Function<MailboxState, Single<ReadOutcome<T>>> form) {
    return inTime(
        Single.<Readiness>create(reader -> await(ref.log(), freshness, reader))
            .flatMap(readiness -> form(readiness, form)));
  }

  private <T> Single<ReadOutcome<T>> inTime(Single<ReadOutcome<T>> read) {
    return read.timeout(
        shared.limits().deadline().toMillis(),
        TimeUnit.MILLISECONDS,
        shared.environment().scheduler(),
        Single.just(new Retry<>("storage did not answer in time")));
  }

  private void await(LogId id, Freshness freshness, SingleEmitter<Readiness> reader) {
    Optional<Mailbox> mailbox = mailboxes.activate(id);
    if (mailbox.isEmpty()) {
      reader.onSuccess(new Readiness.Unavailable("server busy"));
      return;
    }
    Consumer<Readiness> ready = reader::onSuccess;
    reader.setCancellable(() -> mailbox.get().leave(ready));
    mailbox.get().read(freshness, ready);
  }

  private static <T> Single<ReadOutcome<T>> form(
      Readiness readiness, Function<MailboxState, Single<ReadOutcome<T>>> form) {
    if (readiness instanceof Readiness.Ready ready) {
      return form.apply(ready.state());
    }
    return Single.just(
        readiness instanceof Readiness.Unavailable unavailable
            ? new Retry<>(unavailable.reason())
            : new NotHere<>());
  }
}
