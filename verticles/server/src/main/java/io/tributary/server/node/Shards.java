package io.tributary.server.node;

import io.micrometer.core.instrument.Counter;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import io.reactivex.rxjava3.disposables.Disposable;
import io.tributary.codecs.identity.UserId;
import io.tributary.config.MailboxConfig;
import io.tributary.mailbox.MailboxEnvironment;
import io.tributary.mailbox.MailboxLimits;
import io.tributary.mailbox.MailboxLinks;
import io.tributary.mailbox.MailboxShard;
import io.tributary.mailbox.Ownership;
import io.tributary.server.eventloop.RxFutures;
import io.tributary.server.live.LiveFeeds;
import io.tributary.server.mailbox.MailboxVerticle;
import io.tributary.server.metrics.LoopLag;
import io.tributary.server.metrics.MailboxMetrics;
import io.tributary.server.ops.Condition;
import io.tributary.server.ops.LoadReport;
import io.tributary.server.outbox.CopyCourier;
import io.tributary.server.outbox.OwedScan;
import io.tributary.server.router.Router;
import io.tributary.store.HBaseStore;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** The mailboxes of this node: their shards, each on an event loop, and their outboxes. */
final class Shards {
  private static final Duration OWED_SCAN_PAUSE = Duration.ofSeconds(10);
  private static final Duration CLOSE_MAX = Duration.ofSeconds(5);

  private final Site site;
  private final Vertx vertx;
  private final Core.Built core;
  private final HBaseStore store;
  private final Links links;
  private final Counter requests;
  private final List<MailboxVerticle> opened = new CopyOnWriteArrayList<>();

  /** Where copies and news go. */
  record Links(Router router, LiveFeeds live) {}

  Shards(Site site, Vertx vertx, Core.Built core, HBaseStore store, Links links) {
    this.site = site;
    this.vertx = vertx;
    this.core = core;
    this.store = store;
    this.links = links;
    this.requests = LoadReport.requests(site.metrics());
  }

  Completable open() {
    return Flowable.range(0, site.config().mailbox().shards())
        .concatMapCompletable(this::open)
        .doOnComplete(() -> site.readiness().set("mailboxes", Condition.ready()));
  }

  private Completable open(int number) {
    MailboxVerticle verticle =
        new MailboxVerticle(
            number,
            site.environment().clock(),
            scheduler -> shard(number, scheduler),
            requests::increment);
    return RxFutures.single(() -> vertx.deployVerticle(verticle))
        .doOnSuccess(
            id ->
                site.closing()
                    .add(
                        "mailbox." + number,
                        CLOSE_MAX,
                        RxFutures.completable(() -> vertx.undeploy(id))))
        .doOnSuccess(id -> opened.add(verticle))
        .ignoreElement();
  }

  private MailboxShard shard(int number, Scheduler scheduler) {
    MailboxConfig config = site.config().mailbox();
    NodeEnvironment environment = site.environment();
    Disposable lag =
        LoopLag.watch(scheduler, new LoopLag.Loop("mailbox." + number), site.metrics());
    site.closing().add("lag", CLOSE_MAX, Completable.fromAction(lag::dispose));
    String namespace = site.config().hbase().namespace();
    return new MailboxShard(
        new MailboxLinks(
            store.actionLog(namespace, scheduler),
            store.snapshots(namespace, scheduler),
            store.owedMarkers(namespace, scheduler),
            new CopyCourier(core.directory(), links.router(), scheduler),
            links.live()),
        new MailboxEnvironment(scheduler, environment.clock(), site.stamps(), environment.random()),
        MailboxLimits.of(
            new MailboxLimits.Queue(config.queueMax(), config.queueBytesMax()),
            config.cacheBytesMax() / config.shards()),
        new MailboxMetrics(site.metrics(), number));
  }

  void startOutboxes() {
    Scheduler background = site.environment().background();
    OwedScan scan =
        new OwedScan(
            store.owedMarkers(site.config().hbase().namespace(), background),
            core.directory(),
            core.links().mailboxes());
    Disposable scanning =
        new CompositeDisposable(
            scan.start(background, OWED_SCAN_PAUSE),
            scan.follow(site.config().node().id(), core.discovery().rings(), background));
    site.closing().add("outboxes", CLOSE_MAX, Completable.fromAction(scanning::dispose));
  }

  void ownership(Ownership now) {
    opened.forEach(shard -> shard.ownership(now));
  }

  /** Others may have served these users' mailboxes. */
  void handover(Predicate<UserId> users) {
    opened.forEach(shard -> shard.forget(users));
  }

  /** Writes snapshots of what others would have to replay. Never fails. */
  Completable leave() {
    return Flowable.fromIterable(opened)
        .flatMapCompletable(MailboxVerticle::leave)
        .onErrorComplete();
  }
}
