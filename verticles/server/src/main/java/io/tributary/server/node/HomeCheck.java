package io.tributary.server.node;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.message.Bytes;
import io.tributary.discovery.membership.ClusterUnavailableException;
import io.tributary.discovery.zookeeper.Ensembles;
import io.tributary.discovery.zookeeper.Znodes;
import io.tributary.discovery.zookeeper.Znodes.Lasting;
import io.tributary.storage.StorageUnavailableException;
import io.tributary.store.HBaseStore;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Whether a node's ZooKeepers and its HBase are of one installation. With a wrong ZooKeeper a node
 * would be alone in a ring of its own, sure of every mailbox, and read from memory what others
 * change. The first node of all draws a name for the installation and writes it to ZooKeeper, and
 * the first of a cell to its HBase; where HBase has one, nothing is written to a ZooKeeper that
 * hasn't.
 */
final class HomeCheck {
  /** Beside the tables of the cells. */
  static final String PATH = "/tributary/installation";

  private static final int NAME_BYTES = 8;

  private final Site site;
  private final Ensembles zookeepers;

  HomeCheck(Site site, Ensembles zookeepers) {
    this.site = site;
    this.zookeepers = zookeepers;
  }

  /** Signals {@link StartException} if they are not of one. */
  Completable run(HBaseStore store) {
    String namespace = site.config().hbase().namespace();
    Maybe<String> written = store.installation(namespace, site.environment().background());
    return site.patience()
        .repeating(
            written
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .flatMapCompletable(
                    home -> home.map(this::isThere).orElseGet(() -> moveIn(store, namespace))),
            HomeCheck::passes)
        .onErrorResumeNext(
            failure ->
                failure instanceof ClusterUnavailableException
                    ? StartFailures.<Object>zooKeeper(site.config().zookeeper())
                        .apply(failure)
                        .ignoreElement()
                    : Completable.error(failure));
  }

  private static boolean passes(Throwable failure) {
    return failure instanceof StorageUnavailableException
        || failure instanceof ClusterUnavailableException;
  }

  /** The cell's data is of this installation. */
  private Completable isThere(String home) {
    return Flowable.just(cells(), own())
        .concatMapCompletable(
            where ->
                read(where.znodes())
                    .flatMapCompletable(
                        found ->
                            found.equals(Optional.of(home))
                                ? Completable.complete()
                                : strange(where, home, found)));
  }

  /** The cell has no data yet, or none that says so. */
  private Completable moveIn(HBaseStore store, String namespace) {
    return named(cells(), drawn())
        .flatMap(home -> named(own(), home).flatMap(found -> same(own(), home, found)))
        .flatMap(
            home ->
                store
                    .installation(namespace, home, site.environment().background())
                    .flatMap(first -> same(cells(), first, home)))
        .ignoreElement();
  }

  private Single<String> same(Where where, String home, String found) {
    return home.equals(found)
        ? Single.just(home)
        : strange(where, home, Optional.of(found)).toSingleDefault(home);
  }

  /** The name that stands there, and if there is none the given one. */
  private static Single<String> named(Where where, String name) {
    Bytes written = Bytes.ofUtf8(name);
    return where
        .znodes()
        .create(PATH, written, Lasting.PERMANENT)
        .flatMap(created -> read(where.znodes()))
        .map(found -> found.orElse(name));
  }

  private String drawn() {
    byte[] name = new byte[NAME_BYTES];
    site.environment().random().nextBytes(name);
    return HexFormat.of().formatHex(name);
  }

  private static Single<Optional<String>> read(Znodes znodes) {
    return znodes
        .read(PATH)
        .map(found -> new String(found.data().unsafeArray(), StandardCharsets.UTF_8))
        .map(Optional::of)
        .defaultIfEmpty(Optional.empty());
  }

  private Completable strange(Where where, String home, Optional<String> found) {
    return Completable.error(
        StartFailures.strangeZooKeeper(where, site.config().node().cell(), home, found));
  }

  /** A ZooKeeper, and what says where it is. */
  record Where(String key, String connect, Znodes znodes) {}

  private Where cells() {
    String shared = site.config().cells().zookeeper();
    return shared.isEmpty() ? own() : new Where("cells.zookeeper", shared, zookeepers.shared());
  }

  private Where own() {
    return new Where("zookeeper.connect", site.config().zookeeper().connect(), zookeepers.own());
  }
}
