package io.tributary.server.node;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.directory.TokenGrant.Scope;
import io.tributary.config.HBaseConfig;
import io.tributary.config.Secret;
import io.tributary.discovery.Discovery;
import io.tributary.discovery.DiscoveryEnvironment;
import io.tributary.discovery.DiscoverySettings;
import io.tributary.discovery.directory.Directory;
import io.tributary.discovery.directory.DirectoryEnvironment;
import io.tributary.discovery.directory.MailboxAddresses;
import io.tributary.discovery.directory.StoredDirectory;
import io.tributary.discovery.directory.StoredTokens;
import io.tributary.discovery.directory.Tokens;
import io.tributary.server.eventloop.ContextScheduler;
import io.tributary.server.ops.Condition;
import io.tributary.server.router.AddressNotices;
import io.tributary.storage.StorageUnavailableException;
import io.tributary.store.HBaseSettings;
import io.tributary.store.HBaseStore;
import io.vertx.core.internal.VertxInternal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The middle steps: storage, discovery, the directory. Here ports meet what implements them. */
final class Core {
  private static final Duration CLOSE_MAX = Duration.ofSeconds(5);

  private final Site site;
  private final Ground.Built ground;

  Core(Site site, Ground.Built ground) {
    this.site = site;
    this.ground = ground;
  }

  /** What stands after these steps. */
  record Built(
      HBaseStore store, Discovery discovery, Directory directory, Tokens tokens, CellLinks links) {}

  Single<Built> build() {
    HBaseStore store = openStore();
    return awaitStore(store)
        .andThen(startDiscovery())
        .map(discovery -> withDirectory(store, discovery))
        .flatMap(built -> ensureOperator(built.tokens()).toSingleDefault(built))
        .doOnSuccess(built -> site.readiness().set("directory", Condition.ready()));
  }

  private HBaseStore openStore() {
    HBaseConfig config = site.config().hbase();
    HBaseSettings settings =
        new HBaseSettings(
            config.zookeeper(),
            config.znodeParent(),
            new HBaseSettings.Table(config.namespace(), "log"),
            Duration.ofMillis(config.deadlineMillis()),
            config.outstandingMax());
    HBaseStore store = HBaseStore.open(settings, site.environment().background(), site.metrics());
    site.closing().add("hbase", CLOSE_MAX, store.close());
    site.readiness()
        .watch(
            "hbase",
            () ->
                Condition.of(
                    store.health().answering(),
                    "HBase at "
                        + config.zookeeper()
                        + config.znodeParent()
                        + ": "
                        + store.health().reason()));
    return store;
  }

  private Completable awaitStore(HBaseStore store) {
    return site.patience()
        .until(() -> store.health().answering())
        .toSingleDefault(store)
        .onErrorResumeNext(
            failure ->
                StartFailures.<HBaseStore>hbase(site.config().hbase(), store.health().reason())
                    .apply(failure))
        .ignoreElement();
  }

  private Single<Discovery> startDiscovery() {
    return Single.defer(
        () -> {
          var config = site.config();
          site.readiness().set("ring", Condition.notReady("reading the ring"));
          DiscoverySettings settings =
              new DiscoverySettings(
                  config.node().cell(),
                  config.node().id(),
                  config.ring().tokens(),
                  config.zookeeper().sessionTimeoutMillis());
          NodeEnvironment environment = site.environment();
          return Discovery.start(
                  ground.zookeeper().curator(),
                  settings,
                  new DiscoveryEnvironment(environment.background(), environment.random()))
              .doOnSuccess(this::discovered)
              .onErrorResumeNext(StartFailures.zooKeeper(config.zookeeper()));
        });
  }

  private void discovered(Discovery discovery) {
    site.closing().add("ring", CLOSE_MAX, discovery.close());
    site.readiness()
        .watch("ring", () -> Condition.of(discovery.ready(), discovery.notReadyReason()));
  }

  private Built withDirectory(HBaseStore store, Discovery discovery) {
    NodeEnvironment environment = site.environment();
    Scheduler scheduler = scheduler();
    var rows = store.directoryStore(site.config().directory().namespace(), scheduler);
    var log = store.actionLog(site.config().hbase().namespace(), scheduler);
    DirectoryEnvironment needs =
        new DirectoryEnvironment(
            scheduler, environment.clock(), environment.random(), site.stamps());
    CellLinks links = CellLinks.open(site, ground.vertx(), discovery);
    MailboxAddresses notices = new AddressNotices(links.mailboxes());
    return new Built(
        store,
        discovery,
        new StoredDirectory(rows, log, discovery.placement(), notices, needs),
        new StoredTokens(rows, needs),
        links);
  }

  /** An event loop of its own, so that looking people up does not wait for their mailboxes. */
  private Scheduler scheduler() {
    return ContextScheduler.of(
        ((VertxInternal) ground.vertx()).createEventLoopContext(), site.environment().clock());
  }

  private Completable ensureOperator(Tokens tokens) {
    Optional<Path> file = site.config().directory().operatorTokenFile();
    return file.map(path -> ensureOperator(tokens, path)).orElseGet(Completable::complete);
  }

  private Completable ensureOperator(Tokens tokens, Path file) {
    site.readiness().set("directory", Condition.notReady("registering the operator's token"));
    Completable ensured =
        Completable.defer(
            () -> {
              Secret token = Secret.read("directory.operatorTokenFile", file);
              return tokens.ensure(token.reveal(), Scope.OPERATOR, Optional.empty());
            });
    return site.patience()
        .repeating(ensured, StorageUnavailableException.class::isInstance)
        .toSingleDefault(file)
        .onErrorResumeNext(StartFailures.operatorToken(file.toString()))
        .ignoreElement();
  }
}
