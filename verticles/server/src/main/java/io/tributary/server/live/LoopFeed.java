package io.tributary.server.live;

import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.tributary.channels.LiveFeed;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.live.EventPage;
import io.tributary.codecs.live.LiveBatch;
import io.tributary.codecs.live.Signal;
import io.tributary.codecs.message.Position;
import io.tributary.discovery.directory.Directory;
import io.tributary.discovery.directory.UserAccount;
import io.tributary.mailbox.ReadOutcome;
import io.tributary.server.mailbox.MailboxRequest;
import io.tributary.server.router.MailboxReads;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The feed of one event loop, which owns it. */
final class LoopFeed implements LiveFeed {
  private final Reading reading;
  private final Listening listening;
  private final Consumer<Signal> signals;
  private final Map<UserId, Set<Listener>> listeners = new HashMap<>();

  /** How mailboxes are read, and where that is answered. */
  record Reading(Directory directory, MailboxReads mailboxes, Scheduler scheduler) {}

  /**
   * @param signals publishes to all loops
   */
  LoopFeed(Reading reading, Listening listening, Consumer<Signal> signals) {
    this.reading = reading;
    this.listening = listening;
    this.signals = signals;
  }

  @Override
  public Disposable listen(UserId user, Listener listener) {
    if (!listeners.computeIfAbsent(user, first -> new LinkedHashSet<>(2)).add(listener)) {
      throw new IllegalStateException("this one listens already");
    }
    listening.began(user);
    return Disposable.fromRunnable(() -> leave(user, listener));
  }

  private void leave(UserId user, Listener listener) {
    Set<Listener> ofUser = listeners.get(user);
    if (ofUser != null && ofUser.remove(listener)) {
      listening.ended(user);
      if (ofUser.isEmpty()) {
        listeners.remove(user);
      }
    }
  }

  @Override
  public int listeners(UserId user) {
    return listeners.getOrDefault(user, Set.of()).size();
  }

  @Override
  public void tell(Signal signal) {
    signals.accept(signal);
  }

  @Override
  public Single<Outcome> events(UserId user, Position since, int max) {
    return reading
        .directory()
        .byId(user)
        .flatMapSingle(account -> events(account, since, max))
        .defaultIfEmpty(new Outcome.Retry("there is no such mailbox"))
        .onErrorReturn(failure -> new Outcome.Retry("the directory does not answer"))
        .observeOn(reading.scheduler());
  }

  private Single<Outcome> events(UserAccount account, Position since, int max) {
    return reading
        .mailboxes()
        .read(account, mailbox -> new MailboxRequest.Events(mailbox, since, max))
        .map(LoopFeed::outcome);
  }

  private static Outcome outcome(ReadOutcome<EventPage> read) {
    if (read instanceof ReadOutcome.Found<EventPage> found) {
      return new Outcome.Events(found.value());
    }
    return new Outcome.Retry(
        read instanceof ReadOutcome.Retry<EventPage> retry
            ? retry.reason()
            : "the mailbox is being moved");
  }

  /** What comes over the bus. Listeners may leave while they are told. */
  void receive(Object news) {
    if (news instanceof LiveBatch batch) {
      each(batch.user(), listener -> listener.committed(batch));
    } else if (news instanceof Signal signal) {
      each(signal.to(), listener -> listener.signalled(signal));
    }
  }

  private void each(UserId user, Consumer<Listener> told) {
    Set<Listener> ofUser = listeners.get(user);
    if (ofUser != null) {
      List.copyOf(ofUser).forEach(told);
    }
  }
}
