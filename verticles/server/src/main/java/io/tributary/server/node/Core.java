package io.tributary.server.node;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.directory.TokenGrant.Scope;
import io.tributary.config.DirectoryConfig;
import io.tributary.config.FoundingCellConfig;
import io.tributary.config.HBaseConfig;
import io.tributary.config.Secret;
import io.tributary.config.TributaryConfig;
import io.tributary.discovery.Discovery;
import io.tributary.discovery.DiscoveryEnvironment;
import io.tributary.discovery.DiscoverySettings;
import io.tributary.discovery.directory.Directory;
import io.tributary.discovery.directory.DirectoryEnvironment;
import io.tributary.discovery.directory.MailboxAddresses;
import io.tributary.discovery.directory.StoredDirectory;
import io.tributary.discovery.directory.StoredTokens;
import io.tributary.discovery.directory.Tokens;
import io.tributary.discovery.placement.Cell;
import io.tributary.server.cell.CellClient;
import io.tributary.server.cell.CellLogs;
import io.tributary.server.cluster.ClockCheck;
import io.tributary.server.eventloop.ContextScheduler;
import io.tributary.server.ops.Condition;
import io.tributary.server.router.AddressNotices;
import io.tributary.storage.ActionLog;
import io.tributary.storage.StorageUnavailableException;
import io.tributary.store.HBaseSettings;
import io.tributary.store.HBaseStore;
import io.vertx.core.internal.VertxInternal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The middle steps: storage, discovery, the directory. Here ports meet what implements them. */
final class Core {
  private static final Duration CLOSE_MAX = Duration.ofSeconds(5);
  private static final int FIRST_WEIGHT = 100;

  private final Site site;
  private final Ground.Built ground;

  Core(Site site, Ground.Built ground) {
    this.site = site;
    this.ground = ground;
  }

  /** What stands after these steps. */
  record Built(
      Optional<HBaseStore> store,
      Discovery discovery,
      Directory directory,
      Tokens tokens,
      CellLinks links) {}

  Single<Built> build() {
    boolean mailboxes = site.config().node().is("mailbox");
    Optional<HBaseStore> ofCell = mailboxes ? Optional.of(open(cellHBase())) : Optional.empty();
    HBaseStore ofDirectory =
        ofCell
            .filter(store -> !site.config().directory().isApart())
            .orElseGet(() -> open(directoryHBase()));
    Completable cell = ofCell.map(store -> cellAnswers(store)).orElseGet(Completable::complete);
    return cell.andThen(awaitStore(ofDirectory, directoryHBase()))
        .andThen(startDiscovery())
        .map(discovery -> withDirectory(ofCell, ofDirectory, discovery))
        .flatMap(built -> ensureOperator(built.tokens()).toSingleDefault(built))
        .doOnSuccess(built -> site.readiness().set("directory", Condition.ready()));
  }

  /**
   * Where an HBase is.
   *
   * @param component in health
   * @param section of the configuration that says so
   * @param probed a table that must be there
   */
  record WhereHBase(
      String component,
      String section,
      HBaseSettings.Table probed,
      String zookeeper,
      String znodeParent) {
    @Override
    public String toString() {
      return zookeeper + znodeParent;
    }
  }

  private WhereHBase cellHBase() {
    HBaseConfig config = site.config().hbase();
    return new WhereHBase(
        "hbase",
        "hbase",
        new HBaseSettings.Table(config.namespace(), "log"),
        config.zookeeper(),
        config.znodeParent());
  }

  private WhereHBase directoryHBase() {
    DirectoryConfig config = site.config().directory();
    return config.isApart()
        ? new WhereHBase(
            "directory-hbase",
            "directory",
            new HBaseSettings.Table(config.namespace(), "accounts"),
            config.zookeeper(),
            config.znodeParent())
        : cellHBase();
  }

  private HBaseStore open(WhereHBase where) {
    HBaseConfig config = site.config().hbase();
    HBaseSettings settings =
        new HBaseSettings(
            where.zookeeper(),
            where.znodeParent(),
            where.probed(),
            Duration.ofMillis(config.deadlineMillis()),
            config.outstandingMax());
    HBaseStore store = HBaseStore.open(settings, site.environment().background(), site.metrics());
    site.closing().add(where.component(), CLOSE_MAX, store.close());
    site.readiness()
        .watch(
            where.component(),
            () ->
                Condition.of(
                    store.health().answering(),
                    "HBase at " + where + ": " + store.health().reason()));
    return store;
  }

  private Completable awaitStore(HBaseStore store, WhereHBase where) {
    return site.patience()
        .until(() -> store.health().answering())
        .toSingleDefault(store)
        .onErrorResumeNext(
            failure ->
                StartFailures.<HBaseStore>hbase(where, store.health().reason()).apply(failure))
        .ignoreElement();
  }

  private Completable cellAnswers(HBaseStore store) {
    Scheduler background = site.environment().background();
    Single<Long> clock = store.clockMillis(site.config().hbase().namespace(), background);
    return awaitStore(store, cellHBase())
        .andThen(isThisCells(store))
        .andThen(
            Completable.defer(
                () -> new HomeCheck(site, ground.zookeepers().ensembles()).run(store)))
        .doOnComplete(
            () -> ground.clocks().compareWith(new ClockCheck.Other("HBase", clock.toMaybe())));
  }

  /** A node with another cell's data would answer for users that it does not know. */
  private Completable isThisCells(HBaseStore store) {
    String cell = site.config().node().cell();
    String namespace = site.config().hbase().namespace();
    Single<String> holder = store.holder(namespace, cell, site.environment().background());
    return site.patience()
        .repeating(
            holder.flatMapCompletable(
                held ->
                    held.equals(cell)
                        ? Completable.complete()
                        : Completable.error(StartFailures.foreignData(cellHBase(), held, cell))),
            StorageUnavailableException.class::isInstance);
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
                  config.node().is("mailbox") ? config.ring().tokens() : 0,
                  config.zookeeper().sessionTimeoutMillis(),
                  founding(config));
          NodeEnvironment environment = site.environment();
          return Discovery.start(
                  ground.zookeepers().ensembles(),
                  settings,
                  new DiscoveryEnvironment(environment.background(), environment.random()))
              .doOnSuccess(this::discovered)
              .onErrorResumeNext(StartFailures.discovery(config.zookeeper()));
        });
  }

  private static List<Cell> founding(TributaryConfig config) {
    List<FoundingCellConfig> listed = config.cells().founding();
    return listed.isEmpty()
        ? List.of(Cell.sharing(1, config.node().cell(), FIRST_WEIGHT))
        : IntStream.range(0, listed.size())
            .mapToObj(
                i ->
                    new Cell(
                        i + 1,
                        listed.get(i).name(),
                        listed.get(i).weight(),
                        listed.get(i).zookeeper()))
            .toList();
  }

  private void discovered(Discovery discovery) {
    site.closing().add("ring", CLOSE_MAX, discovery.close());
    site.readiness()
        .watch("ring", () -> Condition.of(discovery.ready(), discovery.notReadyReason()));
  }

  private Built withDirectory(
      Optional<HBaseStore> ofCell, HBaseStore ofDirectory, Discovery discovery) {
    NodeEnvironment environment = site.environment();
    Scheduler scheduler = scheduler();
    var rows = ofDirectory.directoryStore(site.config().directory().namespace(), scheduler);
    Optional<ActionLog> logs =
        ofCell.map(store -> store.actionLog(site.config().hbase().namespace(), scheduler));
    CellClient nodes = CellLinks.client(site, ground.vertx());
    CellLogs firstEntries =
        new CellLogs(
            discovery.locator(),
            new CellLogs.Own(site.config().node().cell(), logs),
            nodes,
            scheduler);
    DirectoryEnvironment needs =
        new DirectoryEnvironment(
            scheduler, environment.clock(), environment.random(), site.stamps());
    CellLinks links = CellLinks.open(site, ground.vertx(), discovery, nodes, ofCell, logs);
    MailboxAddresses notices = new AddressNotices(links.mailboxes());
    return new Built(
        ofCell,
        discovery,
        new StoredDirectory(rows, firstEntries, discovery.placement(), notices, needs),
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
