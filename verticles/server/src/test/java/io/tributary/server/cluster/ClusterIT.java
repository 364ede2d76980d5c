package io.tributary.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.reactivex.rxjava3.schedulers.Schedulers;
import io.tributary.config.ZooKeeperConfig;
import io.tributary.server.eventloop.ByReferenceCodec;
import io.tributary.store.testing.Await;
import io.tributary.store.testing.ZooKeeperFixture;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterIT {
  private static final int SESSION_MILLIS = 4_000;
  private static final Duration SOON = Duration.ofSeconds(30);

  private final ZooKeeperFixture server;
  private ZooKeeperClient zookeeper;

  ClusterIT(@TempDir Path data) {
    server = ZooKeeperFixture.start(data);
    zookeeper = client("/cells/one");
  }

  @BeforeEach
  void connect() {
    zookeeper.awaitConnected(SOON, Schedulers.io()).blockingAwait();
  }

  @AfterEach
  void close() {
    zookeeper.close().blockingAwait();
    server.close();
  }

  @Test
  void localMessagesShouldPassWhileZooKeeperIsAway() {
    Vertx vertx = join();
    vertx
        .eventBus()
        .<Object>localConsumer(
            "mailbox.0", message -> message.reply(message.body(), ByReferenceCodec.options()));
    Object body = new Object();

    server.close();
    Await.until(SOON, "disconnected", () -> !zookeeper.connected());
    Object answer =
        vertx.eventBus().request("mailbox.0", body, ByReferenceCodec.options(5_000)).await().body();
    server.start();

    assertThat(answer).isSameAs(body);
    Await.until(SOON, "connected", zookeeper::connected);
    vertx.close().await();
  }

  @Test
  void closingVertxShouldLeaveTheSharedConnectionOpen() {
    join().close().await();

    assertThat(zookeeper.connected()).isTrue();
  }

  @Test
  void theNodeShouldBeRegisteredAgainAfterAnExpiredSession() throws Exception {
    Vertx vertx = join();
    assertThat(nodeIsRegistered()).isTrue();

    expireSession();

    Await.until(SOON, "registered again", () -> zookeeper.connected() && nodeIsRegistered());
    vertx.close().await();
  }

  @Test
  void aClockShouldBeComparedWithTheCells() {
    InstantSource slow = InstantSource.offset(InstantSource.system(), Duration.ofSeconds(-40));
    ClockCheck.Running right = clock("n1", InstantSource.system());
    ClockCheck.Running wrong = clock("n2", slow);
    Await.until(SOON, "measured", () -> right.check().trouble().isEmpty());
    Await.until(SOON, "measured", () -> troubleOf(wrong).contains("behind ZooKeeper's"));
    wrong.measuring().dispose();
    right.measuring().dispose();
  }

  private ClockCheck.Running clock(String node, InstantSource clock) {
    var other = new ClockCheck.Other("ZooKeeper", ZooKeeperTime.of(zookeeper, node));
    return ClockCheck.start(other, clock, Schedulers.io());
  }

  private static String troubleOf(ClockCheck.Running running) {
    return running.check().trouble().orElse("");
  }

  @Test
  void waitingForZooKeeperShouldEnd() {
    server.close();
    ZooKeeperClient nobody = client("");
    try {
      nobody
          .awaitConnected(Duration.ofMillis(300), Schedulers.io())
          .test()
          .awaitDone(20, TimeUnit.SECONDS)
          .assertError(TimeoutException.class);
    } finally {
      nobody.close().blockingAwait();
    }
  }

  private ZooKeeperClient client(String path) {
    return ZooKeeperClient.open(
        new ZooKeeperConfig(server.connectString() + path, SESSION_MILLIS),
        new ZooKeeperClient.Cell("c1"));
  }

  private Vertx join() {
    return ClusteredVertx.join(
            zookeeper, UUID.randomUUID(), new ClusteredVertx.Shape("127.0.0.1", 2))
        .blockingGet();
  }

  /** With where it is, not only with its name. */
  private boolean nodeIsRegistered() {
    try {
      var root = zookeeper.folder("vertx");
      for (String node : root.getChildren().forPath("/cluster/nodes")) {
        byte[] data = root.getData().forPath("/cluster/nodes/" + node);
        if (new String(data, StandardCharsets.ISO_8859_1).contains("127.0.0.1")) {
          return true;
        }
      }
      return false;
    } catch (Exception notNow) {
      return false;
    }
  }

  /** Another client with the same session ends it, as ZooKeeper would after its time-out. */
  private void expireSession() throws Exception {
    ZooKeeper ours = zookeeper.curator().getZookeeperClient().getZooKeeper();
    CountDownLatch connected = new CountDownLatch(1);
    ZooKeeper twin =
        new ZooKeeper(
            server.connectString(),
            SESSION_MILLIS,
            event -> {
              if (event.getState() == Watcher.Event.KeeperState.SyncConnected) {
                connected.countDown();
              }
            },
            ours.getSessionId(),
            ours.getSessionPasswd());
    assertThat(connected.await(20, TimeUnit.SECONDS)).isTrue();
    twin.close();
  }
}
