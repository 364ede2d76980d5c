package io.tributary.discovery.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.schedulers.Schedulers;
import io.tributary.discovery.Discovery;
import io.tributary.discovery.DiscoveryEnvironment;
import io.tributary.discovery.DiscoverySettings;
import io.tributary.discovery.placement.Cell;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooKeeper;

/** A real ZooKeeper server in this process, with clients, that can be stopped and started again. */
final class TestZooKeeper implements AutoCloseable {
  static final int SESSION_MILLIS = 2_000;
  static final Scheduler SCHEDULER = Schedulers.io();

  private final Path folder;
  private final List<CuratorFramework> clients = new ArrayList<>();
  private EmbeddedZooKeeper server;
  private final int port;

  TestZooKeeper(Path folder) {
    this.folder = folder;
    this.server = EmbeddedZooKeeper.start(folder.toFile(), 0);
    this.port = Integer.parseInt(server.connect().substring("127.0.0.1:".length()));
  }

  void stop() throws InterruptedException {
    server.stop();
  }

  void startAgain() {
    server = EmbeddedZooKeeper.start(folder.toFile(), port);
  }

  CuratorFramework client() {
    CuratorFramework client =
        CuratorFrameworkFactory.builder()
            .connectString("127.0.0.1:" + port)
            .sessionTimeoutMs(SESSION_MILLIS)
            .connectionTimeoutMs(1_000)
            .retryPolicy(new RetryOneTime(100))
            .build();
    client.start();
    clients.add(client);
    return client;
  }

  Discovery discovery(CuratorFramework client, String node) {
    return discovery(client, "c1", node).blockingGet();
  }

  Single<Discovery> discovery(CuratorFramework client, String cell, String node) {
    return discovery(client, cell, node, List.of(Cell.sharing(1, cell, 100)));
  }

  Single<Discovery> discovery(
      CuratorFramework client, String cell, String node, List<Cell> founding) {
    return Discovery.start(
        Ensembles.one(Znodes.of(client, SCHEDULER, SESSION_MILLIS)),
        new DiscoverySettings(cell, node, 64, SESSION_MILLIS, founding),
        new DiscoveryEnvironment(SCHEDULER, new SecureRandom()));
  }

  /** Ends a session as the server does when it hears nothing for too long. */
  void expire(CuratorFramework client) throws Exception {
    ZooKeeper victim = client.getZookeeperClient().getZooKeeper();
    CountDownLatch connected = new CountDownLatch(1);
    try (ZooKeeper twin =
        new ZooKeeper(
            "127.0.0.1:" + port,
            SESSION_MILLIS,
            event -> {
              if (event.getState() == KeeperState.SyncConnected) {
                connected.countDown();
              }
            },
            victim.getSessionId(),
            victim.getSessionPasswd())) {
      assertThat(connected.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  static void await(String what, BooleanSupplier condition) {
    await(what, 15, condition);
  }

  static void await(String what, int seconds, BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waiting in vain: %s", what).isLessThan(deadline);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    clients.forEach(CuratorFramework::close);
    server.stop();
  }
}
