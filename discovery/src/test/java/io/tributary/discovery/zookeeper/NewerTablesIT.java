package io.tributary.discovery.zookeeper;

import static io.tributary.discovery.zookeeper.TestZooKeeper.SESSION_MILLIS;
import static io.tributary.discovery.zookeeper.TestZooKeeper.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.codecs.identity.Incarnation;
import io.tributary.codecs.identity.UserId;
import io.tributary.discovery.Discovery;
import io.tributary.discovery.membership.ClusterUnavailableException;
import io.tributary.discovery.membership.Endpoint;
import io.tributary.discovery.membership.NodeInfo;
import io.tributary.discovery.membership.NodeState;
import io.tributary.discovery.placement.SlotTable;
import io.tributary.records.v1.RingRecord;
import io.tributary.records.v1.SlotStatesRecord;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Znodes that a newer version has written: nobody who can't read them goes by a guess. */
class NewerTablesIT {
  private static final UserId USER = new UserId(5);
  private static final Paths PATHS = new Paths("c1");

  @TempDir private Path folder = Path.of("");
  private TestZooKeeper zookeeper;

  @BeforeEach
  void start() {
    zookeeper = new TestZooKeeper(folder);
  }

  @AfterEach
  void stop() throws Exception {
    zookeeper.close();
  }

  private Discovery joined(CuratorFramework client) {
    Discovery discovery = zookeeper.discovery(client, "n1");
    discovery
        .join(new Endpoint("127.0.0.1", 9_090))
        .test()
        .awaitDone(15, TimeUnit.SECONDS)
        .assertComplete();
    return discovery;
  }

  private static byte[] newerSlots() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(SlotTable.allOn(2, 0).toBytes().toArray());
    bytes.write(SlotStatesRecord.newBuilder().setFormat(1).build().toByteArray());
    return bytes.toByteArray();
  }

  @Test
  void whoCannotReadTheSlotsShouldKeepTheOldOnesAndNotBeReady() throws Exception {
    CuratorFramework client = zookeeper.client();
    Discovery discovery = joined(client);

    client.setData().forPath(Paths.SLOTS, newerSlots());
    await("not ready", () -> !discovery.ready());
    assertThat(discovery.notReadyReason()).contains("format 1").contains("newer version");
    assertThat(discovery.locator().locate(USER).cell()).isEqualTo("c1");
    discovery.refresh("c1").blockingAwait();
    assertThat(discovery.ready()).isFalse();

    byte[] readable = SlotTable.allOn(1, 0).moving(USER.slot(), 2).toBytes().toArray();
    client.setData().forPath(Paths.SLOTS, readable);
    await("ready again", discovery::ready);
    assertThat(discovery.locator().isMoving(USER)).isTrue();
  }

  @Test
  void whoCannotReadTheRingShouldKeepTheOldOneAndLeaveTheLead() throws Exception {
    CuratorFramework client = zookeeper.client();
    Discovery discovery = joined(client);
    long version = discovery.ring().version();
    byte[] newer = RingRecord.newBuilder().setFormat(1).build().toByteArray();

    client.setData().forPath(PATHS.ring(), newer);
    await("not ready", () -> !discovery.ready());
    assertThat(discovery.ring().version()).isEqualTo(version);
    assertThat(discovery.locator().locate(USER).node()).isEqualTo(discovery.self());
    register(client, "n2");
    await("nobody leads", () -> candidates(client) == 0);
    assertThat(client.getData().forPath(PATHS.ring())).isEqualTo(newer);
  }

  private static void register(CuratorFramework client, String id) throws Exception {
    NodeInfo node =
        new NodeInfo(
            id, NodeState.UP, List.of(1L), new Endpoint("127.0.0.1", 9_091), new Incarnation(1, 2));
    client.create().forPath(PATHS.node(id), ClusterRecords.encode(node).toArray());
  }

  private static int candidates(CuratorFramework client) {
    try {
      return client.getChildren().forPath(PATHS.leader()).size();
    } catch (Exception broken) {
      throw new AssertionError(broken);
    }
  }

  @Test
  void whoCannotReadTheTablesShouldNotStart() throws Exception {
    CuratorFramework client = zookeeper.client();
    Discovery first = zookeeper.discovery(client, "n1");
    client.setData().forPath(Paths.SLOTS, newerSlots());

    zookeeper
        .discovery(zookeeper.client(), "c1", "n2")
        .test()
        .awaitDone(4 * SESSION_MILLIS, TimeUnit.MILLISECONDS)
        .assertError(ClusterUnavailableException.class)
        .assertError(failure -> failure.toString().contains("newer version"));
    assertThat(first.locator().locate(USER).cell()).isEqualTo("c1");
  }

  @Test
  void aRingThatIsNoneShouldBeWrittenAnewWithTheNextChange() throws Exception {
    CuratorFramework client = zookeeper.client();
    Discovery discovery = joined(client);
    long before = discovery.ring().version();

    client.setData().forPath(PATHS.ring(), "rubbish".getBytes(StandardCharsets.UTF_8));
    register(client, "n2");

    await("mended", () -> discovery.ring().version() >= before + 2 && discovery.ready());
  }
}
