package io.tributary.server.api;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.processors.FlowableProcessor;
import io.reactivex.rxjava3.processors.PublishProcessor;
import io.reactivex.rxjava3.subjects.CompletableSubject;
import io.tributary.channels.live.Follower;
import io.tributary.channels.live.LiveSource;
import io.tributary.channels.live.Window;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.Position;
import io.tributary.server.api.Refusal.Field;
import io.tributary.v1.WatchRequest;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** {@code Watch}: what happens in a mailbox, as it happens, whichever face it goes out by. */
public final class Watching {
  /** For one user on one event loop. */
  static final int WATCHES_MAX = 64;

  private static final long CHECK_SECONDS = 5;

  private final Accounts accounts;
  private final Supplier<LiveSource> here;
  private final CompletableSubject leaving = CompletableSubject.create();
  private final FlowableProcessor<Boolean> ended =
      PublishProcessor.<Boolean>create().toSerialized();

  /**
   * @param here what is live on the event loop it is called on
   */
  public Watching(Accounts accounts, Supplier<LiveSource> here) {
    this.accounts = accounts;
    this.here = here;
  }

  /**
   * Writes until disposed of. Subscribed to and disposed of on the event loop that {@code out}
   * belongs to.
   *
   * <p>Signals {@link Refusal}: at the beginning, when the token is no longer in force, or when
   * this node stops; and whatever storage signals at the beginning. Never completes.
   *
   * @param allowed tells again who is calling; asked every five seconds
   */
  public Single<Void> watch(
      Caller caller, Single<Caller> allowed, WatchRequest request, WatchOut out) {
    Optional<Position> since = since(request);
    return Single.defer(
        () -> {
          LiveSource source = here.get();
          return accounts
              .visible(caller, MailboxRequests.USER, request.getUser())
              .observeOn(source.scheduler())
              .flatMapCompletable(
                  account ->
                      follow(source, account.id(), since, out)
                          .ambWith(revoked(source, allowed))
                          .ambWith(stopping(source)))
              .toSingle(
                  () -> {
                    throw new IllegalStateException("a watch does not end by itself");
                  });
        });
  }

  private static Optional<Position> since(WatchRequest request) {
    return request.hasSince()
        ? Optional.of(MailboxRequests.position(new Field("since"), request.getSince()))
        : Optional.empty();
  }

  private static Completable follow(
      LiveSource source, UserId user, Optional<Position> since, WatchOut out) {
    return Completable.create(
        emitter -> {
          if (source.feed().listeners(user) >= WATCHES_MAX) {
            emitter.onError(Refusal.retry("this user has too many sessions open here"));
            return;
          }
          Follower follower =
              new Follower(source, user, Window.DEFAULT, new WatchEvents(out), signal -> {});
          emitter.setDisposable(Disposable.fromAction(follower::stop));
          out.whenReady(follower::resume);
          follower.start(since);
        });
  }

  /** Storage that is away revokes nothing. */
  private static Completable revoked(LiveSource source, Single<Caller> allowed) {
    return Flowable.interval(CHECK_SECONDS, TimeUnit.SECONDS, source.scheduler())
        .onBackpressureDrop()
        .concatMapCompletable(
            tick ->
                allowed
                    .ignoreElement()
                    .onErrorComplete(failure -> !(failure instanceof Refusal))
                    .observeOn(source.scheduler()),
            1);
  }

  private Completable stopping(LiveSource source) {
    return leaving
        .ambWith(ended.firstElement().ignoreElement())
        .observeOn(source.scheduler())
        .andThen(Completable.error(() -> Refusal.retry("this node is stopping")));
  }

  /** Ends the watches there are: who comes back begins anew. */
  public void endAll() {
    ended.onNext(true);
  }

  /** Ends all watches: this node is about to stop. */
  public void shutDown() {
    leaving.onComplete();
  }
}
