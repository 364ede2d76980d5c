package io.tributary.discovery.zookeeper;

import static io.tributary.discovery.zookeeper.TestZooKeeper.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.reactivex.rxjava3.observers.TestObserver;
import io.tributary.codecs.identity.Incarnation;
import io.tributary.discovery.Discovery;
import io.tributary.discovery.membership.Endpoint;
import io.tributary.discovery.membership.NodeInfo;
import io.tributary.discovery.membership.NodeLoad;
import io.tributary.discovery.membership.NodeState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What nodes say of themselves and to each other through a real ZooKeeper. */
class MembershipIT {
  private static final Endpoint GRPC = new Endpoint("127.0.0.1", 9_090);
  private static final Paths PATHS = new Paths("c1");

  private final TestZooKeeper zookeeper;

  MembershipIT(@TempDir Path folder) {
    zookeeper = new TestZooKeeper(folder);
  }

  @AfterEach
  void close() throws Exception {
    zookeeper.close();
  }

  @Test
  void loadShouldBeSeenByAllUntilItsNodeLeaves() {
    Discovery one = joined("n1");
    Discovery other = joined("n2");
    one.publish(load(one, 5)).blockingAwait();
    other.publish(load(other, 6)).blockingAwait();

    one.publish(load(one, 7)).blockingAwait();

    assertThat(other.loads().blockingGet())
        .containsOnlyKeys(incarnation(one), incarnation(other))
        .containsEntry(incarnation(one), load(one, 7));
    one.close().blockingAwait();
    assertThat(other.loads().blockingGet()).containsOnlyKeys(incarnation(other));
  }

  @Test
  void loadShouldNotMoveTheRing() {
    Discovery node = joined("n1");
    long version = node.ring().version();

    for (int i = 0; i < 20; i++) {
      node.publish(load(node, i)).blockingAwait();
    }
    Discovery other = joined("n2"); // which has seen the ring that it is in

    assertThat(other.ring().version()).isEqualTo(version + 1);
  }

  @Test
  void nodeShouldBeToldToLeaveInThisLifeOnly() throws Exception {
    Discovery asking = joined("n1");
    Discovery meant = joined("n2");
    TestObserver<Void> told = meant.drained().test();
    NodeInfo earlier = life(meant);

    zookeeper.client().delete().forPath(PATHS.node("n2"));
    await("a new life", () -> !life(meant).incarnation().equals(earlier.incarnation()));
    asking.drain(earlier).blockingAwait();
    asking.drain(life(asking)).blockingAwait();
    assertThat(told.await(500, TimeUnit.MILLISECONDS)).isFalse();

    asking.drain(life(meant)).blockingAwait();

    told.awaitDone(10, TimeUnit.SECONDS).assertComplete();
    assertThat(zookeeper.client().checkExists().forPath(PATHS.drain("n2"))).isNull();
  }

  @Test
  void nodeThatKeepsComingAndGoingShouldWaitForItsShare() throws Exception {
    Discovery steady = joined("n1");
    Discovery flapping = joined("n2");
    for (int life = 2; life <= 5; life++) {
      assertThat(life(flapping).state()).as("life " + (life - 1)).isEqualTo(NodeState.UP);
      Incarnation before = incarnation(flapping);
      zookeeper.client().delete().forPath(PATHS.node("n2"));
      await("life " + life, () -> steadyKnows(steady, flapping, before));
    }

    assertThat(life(flapping).state()).isEqualTo(NodeState.JOINING);
    assertThat(steady.ring().shares()).containsOnlyKeys("n1");
    await("its share", () -> steady.ring().shares().containsKey("n2"));
    assertThat(life(flapping).state()).isEqualTo(NodeState.UP);
  }

  private static boolean steadyKnows(Discovery steady, Discovery flapping, Incarnation before) {
    return !incarnation(flapping).equals(before)
        && steady.ring().nodes().stream()
            .anyMatch(node -> node.incarnation().equals(incarnation(flapping)));
  }

  @Test
  void nodeThatLeavesInOrderShouldNotBeBlamed() {
    joined("n1");
    for (int life = 1; life <= 8; life++) {
      Discovery restarted = joined("n2");
      assertThat(life(restarted).state()).as("life " + life).isEqualTo(NodeState.UP);
      restarted.close().blockingAwait();
    }
  }

  @Test
  void nobodyShouldWaitWhoIsTheOnlyOne() throws Exception {
    Discovery alone = joined("n1");
    for (int life = 2; life <= 7; life++) {
      Incarnation before = incarnation(alone);
      zookeeper.client().delete().forPath(PATHS.node("n1"));
      await("life " + life, () -> steadyKnows(alone, alone, before));
      assertThat(life(alone).state()).isEqualTo(NodeState.UP);
    }
  }

  @Test
  void waitingShouldGrowToAMinute() {
    List<Long> times = new ArrayList<>();
    List<Long> waits = new ArrayList<>();
    for (long time = 1; time <= 14; time++) {
      times.add(time);
      waits.add(Comings.waitMillis(times));
    }

    assertThat(waits)
        .startsWith(0L, 0L, 0L, 0L, 1_000L, 2_000L, 4_000L)
        .endsWith(32_000L, 60_000L, 60_000L, 60_000L, 60_000L);
  }

  private static NodeLoad load(Discovery node, int requests) {
    return new NodeLoad(incarnation(node), requests, 3, new NodeLoad.Heap(1_000, 2_000), "0.1.0");
  }

  private static NodeInfo life(Discovery node) {
    return node.self().orElseThrow();
  }

  private static Incarnation incarnation(Discovery node) {
    return life(node).incarnation();
  }

  private Discovery joined(String node) {
    Discovery discovery = zookeeper.discovery(zookeeper.client(), node);
    discovery.join(GRPC).test().awaitDone(15, TimeUnit.SECONDS).assertComplete();
    return discovery;
  }
}
