package io.tributary.discovery.zookeeper;

import static io.tributary.discovery.zookeeper.TestZooKeeper.SESSION_MILLIS;
import static io.tributary.discovery.zookeeper.TestZooKeeper.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import io.tributary.codecs.identity.Incarnation;
import io.tributary.codecs.identity.UserId;
import io.tributary.discovery.Discovery;
import io.tributary.discovery.membership.ClusterUnavailableException;
import io.tributary.discovery.membership.Endpoint;
import io.tributary.discovery.membership.NodeIdTakenException;
import io.tributary.discovery.membership.NodeInfo;
import io.tributary.discovery.membership.NodeState;
import io.tributary.discovery.membership.SessionState;
import io.tributary.discovery.placement.Cell;
import io.tributary.discovery.placement.Location;
import io.tributary.discovery.placement.Location.Reason;
import io.tributary.discovery.placement.SlotTable;
import io.tributary.discovery.ring.NodeTokens;
import io.tributary.discovery.ring.Ring;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.CreateMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ZooKeeperDiscoveryIT {
  private static final UserId USER = new UserId(4_711);
  private static final Endpoint GRPC = new Endpoint("127.0.0.1", 9_090);
  private static final Endpoint OTHER_GRPC = new Endpoint("127.0.0.1", 9_091);
  private static final Paths PATHS = new Paths("c1");

  @TempDir Path folder;
  private TestZooKeeper zookeeper;

  @BeforeEach
  void start() {
    zookeeper = new TestZooKeeper(folder);
  }

  @AfterEach
  void stop() throws Exception {
    zookeeper.close();
  }

  @Test
  void theFirstStartShouldPutAllSlotsOnItsOwnCell() {
    Discovery discovery = zookeeper.discovery(zookeeper.client(), "n1");
    assertThat(discovery.locator().locate(USER).cell()).isEqualTo("c1");
    assertThat(discovery.locator().locate(USER).reason()).isEqualTo(Reason.SLOT_TABLE);
    assertThat(discovery.locator().locate(USER).node()).isEmpty();
    assertThat(discovery.placement().draw().cell()).isEqualTo("c1");
    assertThat(discovery.ready()).isFalse();
    assertThat(discovery.notReadyReason()).contains("not registered");
  }

  @Test
  void aLaterStartShouldLeaveTheTablesAsTheyAre() throws Exception {
    CuratorFramework client = zookeeper.client();
    zookeeper.discovery(client, "n1");
    byte[] moved = SlotTable.allOn(1, 0).with(USER.slot(), 9).toBytes().toArray();
    client.setData().forPath(Paths.SLOTS, moved);
    Discovery later = zookeeper.discovery(zookeeper.client(), "n2");
    assertThat(later.locator().locate(USER).tableVersion()).isEqualTo(1);
    assertThat(client.getData().forPath(Paths.SLOTS)).isEqualTo(moved);
  }

  @Test
  void aCellThatIsNotListedShouldBeRefused() {
    zookeeper.discovery(zookeeper.client(), "n1");
    zookeeper
        .discovery(zookeeper.client(), "c2", "n1")
        .test()
        .awaitDone(10, TimeUnit.SECONDS)
        .assertError(IllegalArgumentException.class)
        .assertError(error -> error.toString().contains("'c2'"));
  }

  @Test
  void aNodeThatJoinsShouldBeInTheRingAndBeLocated() {
    Discovery discovery = joined(zookeeper.client(), "n1", GRPC);
    assertThat(discovery.ready()).as(discovery.notReadyReason()).isTrue();
    assertThat(discovery.ring().version()).isPositive();
    assertThat(discovery.locator().locate(USER).node()).isEqualTo(discovery.self());
    assertThat(discovery.locator().locate(USER).ringVersion())
        .isEqualTo(discovery.ring().version());
    assertThat(discovery.self().orElseThrow().grpc()).isEqualTo(GRPC);
  }

  @Test
  void ringChangesShouldBeSeenByAllWatchers() {
    Discovery first = joined(zookeeper.client(), "n1", GRPC);
    Discovery watcher = zookeeper.discovery(zookeeper.client(), "cli");
    TestSubscriber<Ring> seen = watcher.rings().test();
    Discovery second = joined(zookeeper.client(), "n2", OTHER_GRPC);
    await("both see two nodes", () -> first.ring().shares().size() == 2);
    await("the watcher too", () -> watcher.ring().equals(first.ring()));
    assertThat(watcher.locator().locate(USER)).isEqualTo(first.locator().locate(USER));
    assertThat(second.ring().shares()).containsOnlyKeys("n1", "n2");
    await("told", () -> seen.values().contains(watcher.ring()));
    assertThat(seen.values()).isSortedAccordingTo((a, b) -> Long.compare(a.version(), b.version()));
  }

  @Test
  void aCleanCloseShouldLeaveTheRingAtOnce() {
    Discovery first = joined(zookeeper.client(), "n1", GRPC);
    Discovery second = joined(zookeeper.client(), "n2", OTHER_GRPC);
    await("two nodes", () -> first.ring().shares().size() == 2);
    long before = System.nanoTime();
    second.close().blockingAwait();
    await("one node", () -> first.ring().shares().size() == 1);
    second.close().blockingAwait(); // again: nothing happens
    assertThat(System.nanoTime() - before)
        .isLessThan(TimeUnit.MILLISECONDS.toNanos(SESSION_MILLIS));
  }

  @Test
  void theNextShouldLeadWhenTheLeaderGoes() {
    Discovery first = joined(zookeeper.client(), "n1", GRPC);
    Discovery second = joined(zookeeper.client(), "n2", OTHER_GRPC);
    first.close().blockingAwait();
    await("the second has written the ring", () -> second.ring().shares().size() == 1);
    Discovery third = joined(zookeeper.client(), "n3", GRPC);
    assertThat(third.ring().shares()).containsOnlyKeys("n2", "n3");
  }

  @Test
  void aRingThatAnotherHandWroteShouldBeMended() throws Exception {
    CuratorFramework client = zookeeper.client();
    Discovery discovery = joined(client, "n1", GRPC);
    long before = discovery.ring().version();
    client.setData().forPath(PATHS.ring(), ClusterRecords.encodeRing(List.of()).toArray());
    await("mended", () -> discovery.ring().version() >= before + 2 && discovery.ready());
  }

  @Test
  void aNodeThatDrainsShouldGiveItsShareAway() {
    Discovery first = joined(zookeeper.client(), "n1", GRPC);
    Discovery second = joined(zookeeper.client(), "n2", OTHER_GRPC);
    await("two nodes", () -> first.ring().shares().size() == 2);
    second.announce(NodeState.DRAINING).blockingAwait();
    await("both in the ring", () -> nodeIds(first.ring()).equals(List.of("n1", "n2")));
    await("no share", () -> first.ring().shares().keySet().equals(Set.of("n1")));
  }

  @Test
  void anExpiredSessionShouldComeBackAsANewIncarnation() throws Exception {
    CuratorFramework client = zookeeper.client();
    Discovery discovery = joined(client, "n1", GRPC);
    TestSubscriber<SessionState> states = discovery.sessions().test();
    Incarnation before = discovery.self().orElseThrow().incarnation();
    zookeeper.expire(client);
    await("lost", () -> states.values().contains(SessionState.LOST));
    await("ready again", discovery::ready);
    assertThat(discovery.self().orElseThrow().incarnation()).isNotEqualTo(before);
    assertThat(discovery.ring().nodes())
        .extracting(NodeInfo::incarnation)
        .containsExactly(discovery.self().orElseThrow().incarnation());
    assertThat(states.values()).endsWith(SessionState.CONNECTED);
  }

  @Test
  void lookupsShouldGoOnWhileZooKeeperIsAwayAndFollowItWhenItIsBack() throws Exception {
    Discovery first = joined(zookeeper.client(), "n1", GRPC);
    Incarnation before = first.self().orElseThrow().incarnation();
    TestSubscriber<SessionState> states = first.sessions().test();
    zookeeper.stop();
    await("suspended", () -> states.values().contains(SessionState.SUSPENDED));
    assertThat(first.locator().locate(USER).node()).isPresent();
    assertThat(first.placement().draw().cell()).isEqualTo("c1");
    zookeeper.startAgain();
    await("connected", () -> states.values().size() >= 3);
    Discovery second = joined(zookeeper.client(), "n2", OTHER_GRPC);
    assertThat(second.ring().shares()).containsOnlyKeys("n1", "n2");
    if (!states.values().contains(SessionState.LOST)) {
      assertThat(first.self().orElseThrow().incarnation()).isEqualTo(before);
    }
  }

  @Test
  void anOutageLongerThanTheSessionShouldBeOverWithinFiveSeconds() throws Exception {
    Discovery first = joined(zookeeper.client(), "n1", GRPC);
    Discovery second = joined(zookeeper.client(), "n2", OTHER_GRPC);
    TestSubscriber<SessionState> states = first.sessions().test();
    zookeeper.stop();
    await("lost", () -> states.values().contains(SessionState.LOST));
    assertThat(first.ready()).isFalse();
    assertThat(first.locator().locate(USER).node()).isPresent();
    zookeeper.startAgain();
    await(
        "ready again",
        5,
        () -> first.ready() && second.ready() && first.ring().shares().size() == 2);
  }

  @Test
  void anIdHeldByARunningNodeShouldBeRefusedNamingIt() {
    joined(zookeeper.client(), "n1", GRPC);
    Discovery twin = zookeeper.discovery(zookeeper.client(), "n1");
    twin.join(OTHER_GRPC)
        .test()
        .awaitDone(20, TimeUnit.SECONDS)
        .assertError(NodeIdTakenException.class)
        .assertError(error -> error.toString().contains("127.0.0.1:9090"))
        .assertError(error -> error.toString().contains("'n1'"));
    assertThat(twin.ready()).isFalse();
  }

  @Test
  void anIdHeldByAKilledLifeShouldBeTakenWhenItsSessionEnds() throws Exception {
    CuratorFramework dead = zookeeper.client();
    NodeInfo ghost =
        new NodeInfo("n1", NodeState.UP, NodeTokens.of("n1", 4), OTHER_GRPC, new Incarnation(6, 6));
    dead.create()
        .creatingParentsIfNeeded()
        .withMode(CreateMode.EPHEMERAL)
        .forPath(PATHS.node("n1"), ClusterRecords.encode(ghost).toArray());
    Discovery discovery = zookeeper.discovery(zookeeper.client(), "n1");
    TestObserver<Void> joining = discovery.join(GRPC).test();
    assertThat(joining.await(300, TimeUnit.MILLISECONDS)).isFalse();
    zookeeper.expire(dead);
    joining.awaitDone(10, TimeUnit.SECONDS).assertComplete();
    assertThat(discovery.ring().nodes()).extracting(NodeInfo::grpc).containsExactly(GRPC);
  }

  @Test
  void aZnodeThatSomebodyRemovedShouldComeBack() throws Exception {
    CuratorFramework client = zookeeper.client();
    Discovery discovery = joined(client, "n1", GRPC);
    Incarnation before = discovery.self().orElseThrow().incarnation();
    zookeeper.client().delete().forPath(PATHS.node("n1"));
    await(
        "a new life in the ring",
        () -> discovery.ready() && !discovery.self().orElseThrow().incarnation().equals(before));
  }

  @Test
  void pinsShouldBeSeenAndUnreadableOnesPassedOver() throws Exception {
    CuratorFramework client = zookeeper.client();
    Discovery discovery = zookeeper.discovery(client, "n1");
    client.setData().forPath(Paths.PINS, ClusterRecords.encodePins(Map.of(USER, "c1")).toArray());
    await("pinned", () -> discovery.locator().locate(USER).reason() == Reason.PIN);
    client.setData().forPath(Paths.PINS, "rubbish".getBytes(StandardCharsets.UTF_8));
    byte[] moved = SlotTable.allOn(1, 0).with(USER.slot(), 1).toBytes().toArray();
    client.setData().forPath(Paths.SLOTS, moved);
    await("a later change", () -> discovery.locator().locate(USER).tableVersion() == 1);
    assertThat(discovery.locator().locate(USER).reason()).isEqualTo(Reason.PIN);
  }

  @Test
  void refreshShouldReadTheNewestRing() {
    Discovery first = joined(zookeeper.client(), "n1", GRPC);
    Discovery watcher = zookeeper.discovery(zookeeper.client(), "cli");
    watcher.refresh("c1").blockingAwait();
    assertThat(watcher.ring()).isEqualTo(first.ring());
  }

  @Test
  void cellsShouldShareTheSlotsAndSeeEachOthersRings() {
    Discovery east = joined("east", "e1");
    Discovery west = joined("west", "w1");
    assertThat(east.cells().slots().slotsPerCell())
        .containsOnly(entry(1, 49_152), entry(2, 16_384));
    await("east sees west's node", () -> nodeIds(east.ring("west")).equals(List.of("w1")));
    await("west sees east's node", () -> nodeIds(west.ring("east")).equals(List.of("e1")));
    assertThat(east.ring("north")).isEqualTo(Ring.EMPTY);
    for (int i = 1; i <= 100; i++) {
      UserId user = new UserId(i * 0x9E3779B97F4A7C15L >>> 1);
      Location here = east.locator().locate(user);
      assertThat(here).isEqualTo(west.locator().locate(user));
      assertThat(here.node()).isPresent().isEqualTo(east.locator().nodeOf(user));
      assertThat(here.node().get().id()).isEqualTo(here.cell().equals("east") ? "e1" : "w1");
    }
    west.close().blockingAwait();
    await("east sees it leave", () -> east.ring("west").nodes().isEmpty());
  }

  private Discovery joined(String cell, String node) {
    List<Cell> both = List.of(Cell.sharing(1, "east", 3), Cell.sharing(2, "west", 1));
    Discovery discovery = zookeeper.discovery(zookeeper.client(), cell, node, both).blockingGet();
    discovery.join(GRPC).test().awaitDone(15, TimeUnit.SECONDS).assertComplete();
    return discovery;
  }

  private static List<String> nodeIds(Ring ring) {
    return ring.nodes().stream().map(NodeInfo::id).toList();
  }

  @Test
  void aStartWithoutZooKeeperShouldFailInTime() throws Exception {
    zookeeper.stop();
    zookeeper
        .discovery(zookeeper.client(), "c1", "n1")
        .test()
        .awaitDone(4 * SESSION_MILLIS, TimeUnit.MILLISECONDS)
        .assertError(ClusterUnavailableException.class);
    zookeeper.startAgain();
  }

  private Discovery joined(CuratorFramework client, String node, Endpoint grpc) {
    Discovery discovery = zookeeper.discovery(client, node);
    discovery.join(grpc).test().awaitDone(15, TimeUnit.SECONDS).assertComplete();
    return discovery;
  }
}
