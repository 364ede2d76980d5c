package io.tributary.server.outbox;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.tributary.codecs.identity.UserId;
import io.tributary.discovery.directory.Directory;
import io.tributary.discovery.directory.UserAccount;
import io.tributary.discovery.ring.Ring;
import io.tributary.mailbox.MailboxRef;
import io.tributary.server.cell.Mailboxes;
import io.tributary.server.mailbox.MailboxRequest;
import io.tributary.storage.OwedMarkers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks through the markers of owed work, at the start and again and again, and wakes the mailboxes
 * that this node serves: an outbox needs nobody to open its mailbox. When the ring gives this node
 * mailboxes that were another's, it looks for those at once: nobody else goes on with what a dead
 * node owed.
 */
public final class OwedScan {
  private static final Logger LOG = LoggerFactory.getLogger(OwedScan.class);
  private static final int PAGE = 500;

  /** Mailboxes that are woken at once. */
  private static final int CONCURRENCY = 8;

  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final OwedMarkers markers;
  private final Directory directory;
  private final Mailboxes mailboxes;

  /** The ring by which nothing is left to be looked for. */
  private volatile Ring scanned = Ring.EMPTY;

  public OwedScan(OwedMarkers markers, Directory directory, Mailboxes mailboxes) {
    this.markers = markers;
    this.directory = directory;
    this.mailboxes = mailboxes;
  }

  /** Scans, waits for {@code pause} after each scan, and so on, until disposed. */
  public Disposable start(Scheduler scheduler, Duration pause) {
    return scan()
        .doOnError(
            failure -> LOG.info("event=outbox.scan_failed reason=\"{}\"", failure.toString()))
        .onErrorComplete()
        .repeatWhen(ended -> ended.delay(pause.toMillis(), TimeUnit.MILLISECONDS, scheduler))
        .subscribe();
  }

  /**
   * Scans for what each newer ring gives to this node, until disposed.
   *
   * @param node this one's id
   * @param rings the one of now first
   */
  public Disposable follow(String node, Flowable<Ring> rings, Scheduler scheduler) {
    return rings
        .onBackpressureLatest()
        .concatMapCompletable(
            ring ->
                scanGained(new Gain(node, scanned, ring))
                    .retryWhen(
                        failures ->
                            failures.delay(AGAIN.toMillis(), TimeUnit.MILLISECONDS, scheduler))
                    .doOnComplete(() -> scanned = ring),
            1)
        .subscribe();
  }

  private Completable scanGained(Gain gain) {
    if (gain.isNothing()) {
      return Completable.complete();
    }
    LOG.info("event=outbox.scan_gained ring={}", gain.now().version());
    return scan(gain::holds);
  }

  /** Once through all markers. Signals what storage signals. */
  Completable scan() {
    return scan(user -> true);
  }

  private Completable scan(Predicate<UserId> which) {
    return markedFrom(Optional.empty())
        .filter(user -> which.test(user) && mailboxes.servedHere(user))
        .flatMapCompletable(this::wake, false, CONCURRENCY);
  }

  private Flowable<UserId> markedFrom(Optional<UserId> after) {
    return markers.list(after, PAGE).flatMapPublisher(this::thisPageAndTheNext);
  }

  private Flowable<UserId> thisPageAndTheNext(List<UserId> page) {
    Flowable<UserId> these = Flowable.fromIterable(page);
    return page.size() < PAGE
        ? these
        : these.concatWith(Flowable.defer(() -> markedFrom(Optional.of(page.get(PAGE - 1)))));
  }

  /** What fails now is found again by the next scan. */
  private Completable wake(UserId user) {
    return directory
        .byId(user)
        .flatMapSingle(this::wake)
        .ignoreElement()
        .doOnError(
            failure ->
                LOG.info(
                    "event=outbox.wake_failed user={} reason=\"{}\"", user, failure.toString()))
        .onErrorComplete();
  }

  private Single<Boolean> wake(UserAccount account) {
    MailboxRef mailbox = new MailboxRef(account.id(), account.generation());
    return mailboxes.ask(account.id(), new MailboxRequest.Wake(mailbox));
  }
}
