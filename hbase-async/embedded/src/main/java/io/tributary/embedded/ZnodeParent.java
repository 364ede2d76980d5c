package io.tributary.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZKUtil;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;

/**
 * This HBase's place in ZooKeeper, marked with the id of its data folder.
 *
 * <p>A killed HBase leaves the ephemeral nodes of its master and region server behind until their
 * session ends, and the next one would wait for that. The lock on the data folder proves that the
 * one before is dead, so they are removed at once.
 */
final class ZnodeParent {

  private static final String OWNER = "/tributary-data";
  private static final int SESSION_MILLIS = 10_000;
  private static final Duration STALE_SESSION = Duration.ofSeconds(30);

  private final ZooKeeper zookeeper;
  private final String path;

  private ZnodeParent(ZooKeeper zookeeper, String path) {
    this.zookeeper = zookeeper;
    this.path = path;
  }

  /**
   * Makes ZooKeeper ready for a start on this folder.
   *
   * @throws StartupFailure if ZooKeeper can't be reached or the path is another HBase's
   */
  static void claim(Arguments arguments, DataFolder folder) {
    try (ZooKeeper zookeeper = connect(arguments)) {
      new ZnodeParent(zookeeper, arguments.znode()).claim(folder);
    } catch (KeeperException | IOException e) {
      throw unreachable(arguments, e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unreachable(arguments, "interrupted");
    }
  }

  private void claim(DataFolder folder) throws KeeperException, InterruptedException {
    if (zookeeper.exists(path, false) != null) {
      String owner = owner();
      if (owner.equals(folder.id()) && folder.isComplete()) {
        removeStaleServers();
        return;
      }
      if (!owner.equals(folder.id()) && isLive()) {
        throw new StartupFailure(
            "the ZooKeeper path %s is in use by an HBase on another data folder (or was in the last %d s): stop that one, or choose another path with --znode"
                .formatted(path, STALE_SESSION.toSeconds()));
      }
      ZKUtil.deleteRecursive(zookeeper, path);
    }
    create(path, "");
    create(path + OWNER, folder.id());
  }

  private String owner() throws KeeperException, InterruptedException {
    try {
      byte[] owner = zookeeper.getData(path + OWNER, false, null);
      return new String(owner, StandardCharsets.US_ASCII);
    } catch (KeeperException.NoNodeException e) {
      throw new StartupFailure(
          "the ZooKeeper path %s belongs to an HBase that isn't an embedded one: choose another path with --znode"
              .formatted(path));
    }
  }

  private boolean isLive() throws KeeperException, InterruptedException {
    return zookeeper.exists(path + "/master", false) != null || !children("/rs").isEmpty();
  }

  private void removeStaleServers() throws KeeperException, InterruptedException {
    remove(path + "/master");
    for (String role : List.of("/rs", "/backup-masters")) {
      for (String server : children(role)) {
        remove(path + role + "/" + server);
      }
    }
  }

  private List<String> children(String role) throws KeeperException, InterruptedException {
    try {
      return zookeeper.getChildren(path + role, false);
    } catch (KeeperException.NoNodeException e) {
      return List.of();
    }
  }

  private void remove(String node) throws KeeperException, InterruptedException {
    try {
      zookeeper.delete(node, -1);
    } catch (KeeperException.NoNodeException e) {
      // Its session ended meanwhile.
    }
  }

  private void create(String node, String text) throws KeeperException, InterruptedException {
    zookeeper.create(
        node,
        text.getBytes(StandardCharsets.US_ASCII),
        ZooDefs.Ids.OPEN_ACL_UNSAFE,
        CreateMode.PERSISTENT);
  }

  private static ZooKeeper connect(Arguments arguments) throws IOException, InterruptedException {
    CountDownLatch connected = new CountDownLatch(1);
    ZooKeeper zookeeper =
        new ZooKeeper(
            arguments.zookeeper(),
            SESSION_MILLIS,
            event -> {
              if (event.getState() == Watcher.Event.KeeperState.SyncConnected) {
                connected.countDown();
              }
            });
    Duration wait = arguments.limits().answer();
    if (!connected.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
      zookeeper.close();
      throw unreachable(arguments, "no answer within %d s".formatted(wait.toSeconds()));
    }
    return zookeeper;
  }

  private static StartupFailure unreachable(Arguments arguments, String reason) {
    return new StartupFailure(
        "ZooKeeper at %s can't be used (%s): start it, or name another with --zookeeper"
            .formatted(arguments.zookeeper(), reason));
  }
}
