package io.tributary.discovery.zookeeper;

import static io.tributary.discovery.zookeeper.TestZooKeeper.SCHEDULER;
import static io.tributary.discovery.zookeeper.TestZooKeeper.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.subjects.SingleSubject;
import io.tributary.codecs.identity.Incarnation;
import io.tributary.codecs.message.Bytes;
import io.tributary.discovery.membership.Endpoint;
import io.tributary.discovery.membership.NodeInfo;
import io.tributary.discovery.membership.NodeState;
import io.tributary.discovery.ring.NodeTokens;
import io.tributary.discovery.ring.Ring;
import io.tributary.discovery.zookeeper.Znodes.Znode;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.CreateMode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RingLeaderIT {
  private static final Paths PATHS = new Paths("c1");

  @TempDir Path folder;
  private TestZooKeeper zookeeper;
  private CuratorFramework observer;

  @BeforeEach
  void start() {
    zookeeper = new TestZooKeeper(folder);
    observer = zookeeper.client();
  }

  @AfterEach
  void stop() throws Exception {
    zookeeper.close();
  }

  @Test
  void anOldLeadersLateWriteShouldLose() throws Exception {
    CuratorFramework oldClient = zookeeper.client();
    HeldWrites held = new HeldWrites(oldClient);
    RingLeader old = new RingLeader(held, PATHS, "old", SCHEDULER.createWorker());
    register("n1");
    old.start();
    await("the old leader writes", held::isHolding);
    zookeeper.expire(oldClient);
    RingLeader next = leader(zookeeper.client(), SCHEDULER);
    register("n2");
    next.start();
    await("the new leader has written", () -> ring().nodes().size() == 2);

    assertThat(held.letGo()).isFalse();
    assertThat(ring().nodes()).extracting(NodeInfo::id).containsExactly("n1", "n2");
    register("n3");
    await("the new leader goes on", () -> ring().nodes().size() == 3);
    next.close().blockingAwait();
    old.close().blockingAwait();
  }

  /** A leader's connection on which writes of the ring are under way until they are let go. */
  private static final class HeldWrites extends CuratorZnodes {
    private final SingleSubject<Boolean> outcome = SingleSubject.create();
    private final AtomicReference<@Nullable Single<Boolean>> write = new AtomicReference<>();

    HeldWrites(CuratorFramework client) {
      super(client, SCHEDULER, 5_000);
    }

    @Override
    public Single<Boolean> replace(String path, Bytes data, int version) {
      write.set(super.replace(path, data, version));
      return outcome;
    }

    boolean isHolding() {
      return write.get() != null;
    }

    boolean letGo() {
      boolean won = Single.defer(() -> Objects.requireNonNull(write.get())).retry(20).blockingGet();
      outcome.onSuccess(won);
      return won;
    }
  }

  @Test
  void ofTwoCandidatesOneShouldWriteEachChangeOnce() throws Exception {
    RingLeader first = leader(zookeeper.client(), SCHEDULER);
    RingLeader second = leader(zookeeper.client(), SCHEDULER);
    first.start();
    second.start();
    for (int count = 1; count <= 5; count++) {
      int nodes = count;
      register("n" + count);
      await(count + " nodes", () -> ring().nodes().size() == nodes);
    }
    assertThat(ring().version()).isLessThanOrEqualTo(6); // one for no nodes at all, perhaps
    second.close().blockingAwait();
    first.close().blockingAwait();
  }

  @Test
  void aNodeThatCannotBeReadShouldNotStopTheRing() throws Exception {
    observer.create().creatingParentsIfNeeded().forPath(PATHS.node("odd"), new byte[] {1, 2, 3});
    RingLeader leader = leader(zookeeper.client(), SCHEDULER);
    leader.start();
    register("n1");
    await("the readable node", () -> ring().nodes().size() == 1);
    leader.close().blockingAwait();
  }

  private RingLeader leader(CuratorFramework client, Scheduler scheduler) {
    return new RingLeader(
        new CuratorZnodes(client, scheduler, 5_000), PATHS, "candidate", scheduler.createWorker());
  }

  private void register(String id) throws Exception {
    NodeInfo node =
        new NodeInfo(
            id,
            NodeState.UP,
            NodeTokens.of(id, 8),
            new Endpoint("127.0.0.1", 9_090),
            new Incarnation(1, 1));
    observer
        .create()
        .creatingParentsIfNeeded()
        .withMode(CreateMode.EPHEMERAL)
        .forPath(PATHS.node(id), ClusterRecords.encode(node).toArray());
  }

  private Znode read() {
    return new CuratorZnodes(observer, SCHEDULER, 5_000)
        .read(PATHS.ring())
        .defaultIfEmpty(new Znode(Bytes.EMPTY, 0, 0, 0))
        .blockingGet();
  }

  private Ring ring() {
    Znode znode = read();
    return ClusterRecords.decodeRing(znode.data(), znode.version());
  }
}
