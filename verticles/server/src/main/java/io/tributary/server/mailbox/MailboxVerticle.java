package io.tributary.server.mailbox;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import io.reactivex.rxjava3.disposables.Disposable;
import io.tributary.codecs.identity.UserId;
import io.tributary.mailbox.MailboxShard;
import io.tributary.mailbox.Ownership;
import io.tributary.server.eventloop.ByReferenceCodec;
import io.tributary.server.eventloop.ContextScheduler;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One shard of mailboxes on one event loop, reached by the local event bus. */
public final class MailboxVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(MailboxVerticle.class);
  private static final int INTERNAL_ERROR = 1;

  private final int number;
  private final InstantSource clock;
  private final Function<Scheduler, MailboxShard> shards;
  private final Runnable asked;
  private final CompositeDisposable underWay = new CompositeDisposable();
  private volatile Completable left = Completable.complete();
  private volatile Consumer<Ownership> owned = now -> {};
  private volatile Consumer<Predicate<UserId>> forgotten = users -> {};

  /**
   * @param number which shard this is, from 0
   * @param shards makes the shard, given the scheduler of its thread
   */
  public MailboxVerticle(
      int number, InstantSource clock, Function<Scheduler, MailboxShard> shards) {
    this(number, clock, shards, () -> {});
  }

  /**
   * @param asked run for each request
   */
  public MailboxVerticle(
      int number, InstantSource clock, Function<Scheduler, MailboxShard> shards, Runnable asked) {
    this.number = number;
    this.clock = clock;
    this.shards = shards;
    this.asked = asked;
  }

  @Override
  public Future<?> start() {
    Context loop = Objects.requireNonNull(context);
    Scheduler scheduler = ContextScheduler.of(loop, clock);
    MailboxShard shard = shards.apply(scheduler);
    left = Completable.defer(shard::leave).subscribeOn(scheduler);
    owned = now -> scheduler.scheduleDirect(() -> shard.ownership(now));
    forgotten = users -> scheduler.scheduleDirect(() -> shard.forget(users));
    return vertx
        .eventBus()
        .<MailboxRequest<?>>localConsumer(
            MailboxBus.address(number), message -> answer(shard, message))
        .completion();
  }

  /** {@link MailboxShard#leave} on its event loop; from any thread, once deployed. */
  public Completable leave() {
    return Completable.defer(() -> left);
  }

  /** {@link MailboxShard#ownership} on its event loop; from any thread, once deployed. */
  public void ownership(Ownership now) {
    owned.accept(now);
  }

  /** {@link MailboxShard#forget} on its event loop; from any thread, once deployed. */
  public void forget(Predicate<UserId> users) {
    forgotten.accept(users);
  }

  private void answer(MailboxShard shard, Message<MailboxRequest<?>> message) {
    asked.run();
    Disposable unused =
        ask(shard, message.body())
            .subscribe(
                outcome -> message.reply(outcome, ByReferenceCodec.options()),
                failure -> fail(message, failure),
                underWay);
  }

  private static <A> Single<A> ask(MailboxShard shard, MailboxRequest<A> request) {
    return Single.defer(() -> request.askOf(shard));
  }

  /** Shards answer expected failures as values: this is a mistake of ours. */
  private void fail(Message<MailboxRequest<?>> message, Throwable failure) {
    LOG.error(
        "event=mailbox.request_failed shard={} request={}",
        number,
        message.body().getClass().getSimpleName(),
        failure);
    message.fail(INTERNAL_ERROR, "internal error");
  }

  @Override
  public Future<?> stop() {
    underWay.dispose();
    return Future.succeededFuture();
  }
}
