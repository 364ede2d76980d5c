package io.tributary.discovery.zookeeper;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.tributary.codecs.message.Bytes;
import io.tributary.discovery.zookeeper.Znodes.Lasting;
import io.tributary.discovery.zookeeper.Znodes.Watch;
import io.tributary.discovery.zookeeper.Znodes.Znode;
import io.tributary.records.v1.NodeRecord;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * While this process leads the cell, writes its ring: the nodes that are registered, whenever they
 * change.
 *
 * <p>Each write is a compare-and-set on a ring that was read before the nodes were. So one that an
 * old leader sent before it lost the lead can't undo the new leader's, and one that still believes
 * that it leads can't bring back what it remembers. Whoever leads looks at the ring again when it
 * has changed, be it by another's hand.
 *
 * <p>Nodes stand in the ring as they wrote themselves, with what this version does not know of
 * them; one that it can't read gets no share. Who can't read the ring itself leaves the lead to
 * others: a newer leader wrote it.
 *
 * <p>All state is touched on the worker only.
 */
final class RingLeader {
  private static final Logger LOG = LoggerFactory.getLogger(RingLeader.class);
  private static final long PAUSE_MILLIS = 200;

  private final Znodes znodes;
  private final Paths paths;
  private final Scheduler.Worker worker;
  private final Watch candidate;
  private final Watch nodes;
  private boolean leads;
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
    this.candidate = znodes.stand(paths.leader(), name, now -> onWorker(() -> lead(now)));
    this.nodes = znodes.watchChildren(paths.nodes(), this::check);
  }

  void start() {
    nodes.start();
    candidate.start();
  }

  /** Something may have changed. */
  void check() {
    onWorker(this::write);
  }

  private void lead(boolean now) {
    leads = now;
    LOG.info("event=ring.leader cell={} leads={}", paths.cell(), now);
    write();
  }

  private void write() {
    if (!leads || writing) {
      stale = writing;
      return;
    }
    writing = true;
    stale = false;
    var unused =
        znodes
            .create(paths.ring(), Bytes.EMPTY, Lasting.PERMANENT)
            .flatMap(created -> znodes.read(paths.ring()).toSingle())
            .flatMap(this::writeUnlessSame)
            .subscribe(done -> onWorker(() -> wrote(done)), error -> onWorker(() -> failed(error)));
  }

  /** True if the ring says what is registered. */
  private Single<Boolean> writeUnlessSame(Znode before) {
    return znodes
        .children(paths.nodes())
        .map(RingLeader::nodes)
        .flatMap(registered -> writeUnlessSame(before, registered));
  }

  private Single<Boolean> writeUnlessSame(Znode before, List<NodeRecord> registered) {
    if (before.version() > 0 && members(before).equals(Optional.of(registered))) {
      return Single.just(true);
    }
    return znodes
        .replace(paths.ring(), ClusterRecords.encodeRing(registered), before.version())
        .doOnSuccess(won -> note(registered, before.version(), won));
  }

  /** Empty for what is no ring at all. */
  private static Optional<List<NodeRecord>> members(Znode ring) {
    try {
      return Optional.of(ClusterRecords.members(ring.data()));
    } catch (NewerFormatException newer) {
      throw newer;
    } catch (IllegalArgumentException rubbish) {
      return Optional.empty();
    }
  }

  private void note(List<NodeRecord> registered, int before, boolean won) {
    LOG.info(
        "event=ring.write cell={} nodes={} version={} outcome={}",
        paths.cell(),
        registered.stream().map(node -> node.getId() + ":" + ClusterRecords.stateOf(node)).toList(),
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
    if (error instanceof NewerFormatException newer) {
      standDown(newer);
      return;
    }
    if (!failing) {
      failing = true;
      LOG.warn("event=ring.write cell={} outcome=failed reason=\"{}\"", paths.cell(), error);
    }
    later(this::write);
  }

  private void standDown(NewerFormatException newer) {
    leads = false;
    LOG.error("event=ring.stand_down cell={} reason=\"{}\"", paths.cell(), newer.getMessage());
    candidate.close();
  }

  private static List<NodeRecord> nodes(List<Znode> children) {
    return children.stream()
        .flatMap(RingLeader::node)
        .sorted(Comparator.comparing(NodeRecord::getId))
        .toList();
  }

  private static Stream<NodeRecord> node(Znode child) {
    try {
      return Stream.of(ClusterRecords.member(child.data()));
    } catch (IllegalArgumentException unreadable) {
      LOG.error(
          "event=node.unreadable session=0x{} reason=\"{}\"",
          Long.toHexString(child.owner()),
          unreadable.getMessage());
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
          candidate.close();
        });
  }
}
