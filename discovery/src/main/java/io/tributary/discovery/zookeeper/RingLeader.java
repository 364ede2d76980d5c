package io.tributary.discovery.zookeeper;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.tributary.codecs.message.Bytes;
import io.tributary.discovery.membership.NodeInfo;
import io.tributary.discovery.ring.Ring;
import io.tributary.discovery.zookeeper.Znodes.Znode;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.curator.framework.recipes.cache.ChildData;
import org.apache.curator.framework.recipes.cache.CuratorCache;
import org.apache.curator.framework.recipes.cache.CuratorCacheListener;
import org.apache.curator.framework.recipes.leader.LeaderLatch;
import org.apache.curator.framework.recipes.leader.LeaderLatchListener;
import org.apache.zookeeper.CreateMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * While this process leads the cell, writes its ring: the nodes that are registered, whenever they
 * change. Each write is a compare-and-set on the version it was computed from, so that one that an
 * old leader sent before it lost the lead can't undo the new leader's.
 *
 * <p>All state is touched on the worker only.
 */
final class RingLeader {
  private static final Logger LOG = LoggerFactory.getLogger(RingLeader.class);
  private static final long PAUSE_MILLIS = 200;

  private final Znodes znodes;
  private final Paths paths;
  private final Scheduler.Worker worker;
  private final LeaderLatch latch;
  private final CuratorCache nodes;
  private boolean leads;
  private boolean complete; // all nodes have been read once
  private boolean writing;
  private boolean stale; // something changed while writing
  private boolean failing; // said once, not at each retry

  /**
   * @param name of this candidate, for people
   */
  RingLeader(Znodes znodes, Paths paths, String name, Scheduler.Worker worker) {
    this.znodes = znodes;
    this.paths = paths;
    this.worker = worker;
    this.latch = new LeaderLatch(znodes.curator(), paths.leader(), name);
    this.nodes = CuratorCache.build(znodes.curator(), paths.nodes());
    CuratorCacheListener listener =
        CuratorCacheListener.builder()
            .forAll((type, before, now) -> onWorker(this::write))
            .forInitialized(() -> onWorker(this::begin))
            .build();
    nodes.listenable().addListener(listener);
    latch.addListener(
        new LeaderLatchListener() {
          @Override
          public void isLeader() {
            onWorker(() -> lead(true));
          }

          @Override
          public void notLeader() {
            onWorker(() -> lead(false));
          }
        });
  }

  void start() {
    nodes.start();
    try {
      latch.start();
    } catch (Exception alreadyStarted) {
      throw new IllegalStateException(alreadyStarted);
    }
  }

  private void begin() {
    complete = true;
    write();
  }

  private void lead(boolean now) {
    leads = now;
    LOG.info("event=ring.leader cell={} leads={}", paths.cell(), now);
    write();
  }

  private void write() {
    if (!leads || !complete || writing) {
      stale = writing;
      return;
    }
    writing = true;
    stale = false;
    var unused =
        znodes
            .create(paths.ring(), Bytes.EMPTY, CreateMode.PERSISTENT)
            .flatMap(created -> znodes.read(paths.ring()).toSingle())
            .flatMap(this::writeUnlessSame)
            .subscribe(done -> onWorker(() -> wrote(done)), error -> onWorker(() -> failed(error)));
  }

  /** True if the ring says what is registered. */
  private Single<Boolean> writeUnlessSame(Znode before) {
    List<NodeInfo> registered = registered();
    Ring ring = ClusterRecords.decodeRing(before.data(), before.version());
    if (before.version() > 0 && ring.nodes().equals(registered)) {
      return Single.just(true);
    }
    return znodes
        .replace(paths.ring(), ClusterRecords.encodeRing(registered), before.version())
        .doOnSuccess(won -> note(registered, before.version(), won));
  }

  private void note(List<NodeInfo> registered, int before, boolean won) {
    LOG.info(
        "event=ring.write cell={} nodes={} version={} outcome={}",
        paths.cell(),
        registered.stream().map(node -> node.id() + ":" + node.state()).toList(),
        before + 1,
        won ? "written" : "superseded");
  }

  private void wrote(boolean done) {
    writing = false;
    failing = false;
    if (stale || !done) {
      write();
    }
  }

  private void failed(Throwable error) {
    writing = false;
    if (!failing) {
      failing = true;
      LOG.warn("event=ring.write cell={} outcome=failed reason=\"{}\"", paths.cell(), error);
    }
    later(this::write);
  }

  private List<NodeInfo> registered() {
    return nodes.stream()
        .filter(child -> !child.getPath().equals(paths.nodes()))
        .flatMap(RingLeader::node)
        .sorted(Comparator.comparing(NodeInfo::id))
        .toList();
  }

  private static Stream<NodeInfo> node(ChildData child) {
    try {
      return Stream.of(ClusterRecords.decodeNode(Bytes.copyOf(child.getData())));
    } catch (IllegalArgumentException unreadable) {
      LOG.error(
          "event=node.unreadable path={} reason=\"{}\"", child.getPath(), unreadable.getMessage());
      return Stream.empty();
    }
  }

  private void onWorker(Runnable step) {
    Disposable unused = worker.schedule(step);
  }

  private void later(Runnable step) {
    Disposable unused = worker.schedule(step, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Gives the lead to another. */
  Completable close() {
    return Completable.fromAction(
        () -> {
          nodes.close();
          try {
            latch.close();
          } catch (IOException | IllegalStateException notStarted) {
            LOG.debug("event=ring.leader.close", notStarted);
          }
        });
  }
}
