package io.tributary.discovery.zookeeper;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.identity.Incarnation;
import io.tributary.codecs.message.Bytes;
import io.tributary.discovery.membership.NodeLoad;
import io.tributary.discovery.zookeeper.Znodes.Lasting;
import io.tributary.discovery.zookeeper.Znodes.Znode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a cell's nodes are doing, each in an ephemeral znode of its own. Safe for any thread. */
final class Loads {
  private static final Logger LOG = LoggerFactory.getLogger(Loads.class);

  private final Znodes znodes;
  private final Paths paths;

  Loads(Znodes znodes, Paths paths) {
    this.znodes = znodes;
    this.paths = paths;
  }

  /** Says it in the place of what was said before, by whichever session. */
  Completable publish(String node, NodeLoad load) {
    Bytes data = ClusterRecords.encodeLoad(load);
    String path = paths.load(node);
    return znodes
        .read(path)
        .map(Optional::of)
        .defaultIfEmpty(Optional.empty())
        .flatMapCompletable(
            found ->
                found.filter(this::isOurs).isPresent()
                    ? znodes.replace(path, data, found.get().version()).ignoreElement()
                    : removed(path, found)
                        .andThen(znodes.create(path, data, Lasting.EPHEMERAL))
                        .ignoreElement());
  }

  private boolean isOurs(Znode znode) {
    return znode.owner() == znodes.session();
  }

  private Completable removed(String path, Optional<Znode> found) {
    return found
        .map(znode -> znodes.delete(path, znode.version()))
        .orElseGet(Completable::complete);
  }

  /** Takes back what this session said. */
  Completable withdraw(String node) {
    return znodes
        .read(paths.load(node))
        .filter(this::isOurs)
        .flatMapCompletable(znode -> znodes.delete(paths.load(node), znode.version()));
  }

  /** What each node said last, by its incarnation. */
  Single<Map<Incarnation, NodeLoad>> all() {
    return znodes.children(paths.loads()).map(Loads::decoded);
  }

  private static Map<Incarnation, NodeLoad> decoded(List<Znode> znodes) {
    Map<Incarnation, NodeLoad> loads = new HashMap<>();
    for (Znode znode : znodes) {
      try {
        NodeLoad load = ClusterRecords.decodeLoad(znode.data());
        loads.put(load.incarnation(), load);
      } catch (IllegalArgumentException unreadable) {
        LOG.info("event=load.unreadable reason=\"{}\"", unreadable.getMessage());
      }
    }
    return loads;
  }
}
