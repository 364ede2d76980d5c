package io.tributary.server.cluster;

import io.reactivex.rxjava3.core.Maybe;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.data.Stat;

/** ZooKeeper's clock: it writes a znode of its own and reads the time that ZooKeeper gave it. */
public final class ZooKeeperTime {
  private static final String FOLDER = "clocks";

  private ZooKeeperTime() {}

  /**
   * Milliseconds since 1970, read at each subscription. Empty, an error, or nothing at all if it
   * can't be.
   *
   * @param node who asks
   */
  public static Maybe<Long> of(ZooKeeperClient zookeeper, String node) {
    CuratorFramework curator = zookeeper.folder(FOLDER);
    return Maybe.create(
        emitter ->
            curator
                .create()
                .orSetData()
                .creatingParentsIfNeeded()
                .withMode(CreateMode.EPHEMERAL)
                .inBackground(
                    (client, event) -> {
                      Stat written = event.getStat();
                      if (written == null) {
                        emitter.onComplete();
                      } else {
                        emitter.onSuccess(written.getMtime());
                      }
                    })
                .forPath("/" + node, new byte[0]));
  }
}
