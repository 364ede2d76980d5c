package io.tributary.discovery.zookeeper;

import io.reactivex.rxjava3.core.Completable;
import io.tributary.codecs.identity.Incarnation;
import io.tributary.codecs.message.Bytes;
import io.tributary.discovery.membership.NodeInfo;
import io.tributary.discovery.zookeeper.Znodes.Lasting;
import io.tributary.discovery.zookeeper.Znodes.Sight;
import io.tributary.discovery.zookeeper.Znodes.Watch;
import io.tributary.discovery.zookeeper.Znodes.Znode;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wishes that a node leave: a znode that names one life of it, so that a later one isn't meant.
 * Through ZooKeeper, so that any node can be asked to drain any other. Safe for any thread.
 */
final class Drains {
  private static final Logger LOG = LoggerFactory.getLogger(Drains.class);

  private final Znodes znodes;
  private final Paths paths;

  Drains(Znodes znodes, Paths paths) {
    this.znodes = znodes;
    this.paths = paths;
  }

  /** Complete when the wish stands where the node sees it. */
  Completable wish(NodeInfo node) {
    String path = paths.drain(node.id());
    Bytes data = ClusterRecords.encodeDrain(node.incarnation());
    return znodes
        .create(path, data, Lasting.PERMANENT)
        .flatMapCompletable(
            created ->
                created
                    ? Completable.complete()
                    : znodes
                        .read(path)
                        .flatMapSingle(znode -> znodes.replace(path, data, znode.version()))
                        .ignoreElement());
  }

  /**
   * Completes when somebody wishes that this life of the node leave.
   *
   * @param self asked at each wish
   */
  Completable wished(String node, Supplier<Optional<NodeInfo>> self) {
    return Completable.create(
        told -> {
          Watch watch =
              znodes.watch(
                  paths.drain(node),
                  new Sight() {
                    @Override
                    public void is(Znode now) {
                      if (names(now, self.get())) {
                        told.onComplete();
                      }
                    }

                    @Override
                    public void gone() {}
                  });
          told.setCancellable(watch::close);
          watch.start();
        });
  }

  private static boolean names(Znode wish, Optional<NodeInfo> self) {
    try {
      Incarnation named = ClusterRecords.decodeDrain(wish.data());
      return self.filter(node -> node.incarnation().equals(named)).isPresent();
    } catch (IllegalArgumentException unreadable) {
      LOG.info("event=drain.unreadable reason=\"{}\"", unreadable.getMessage());
      return false;
    }
  }

  /** It is fulfilled, or was meant for an earlier life. Never fails. */
  Completable forget(String node) {
    return znodes
        .read(paths.drain(node))
        .flatMapCompletable(znode -> znodes.delete(paths.drain(node), znode.version()))
        .onErrorComplete();
  }
}
