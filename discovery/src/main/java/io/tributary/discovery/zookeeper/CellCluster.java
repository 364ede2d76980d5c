package io.tributary.discovery.zookeeper;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import io.reactivex.rxjava3.disposables.Disposable;
import io.tributary.codecs.identity.Incarnation;
import io.tributary.codecs.message.Bytes;
import io.tributary.discovery.membership.ClusterUnavailableException;
import io.tributary.discovery.membership.Endpoint;
import io.tributary.discovery.membership.NodeInfo;
import io.tributary.discovery.membership.NodeLoad;
import io.tributary.discovery.membership.NodeState;
import io.tributary.discovery.membership.SessionState;
import io.tributary.discovery.placement.Cell;
import io.tributary.discovery.placement.CellMap;
import io.tributary.discovery.placement.PlacementChanges;
import io.tributary.discovery.ring.NodeTokens;
import io.tributary.discovery.ring.Ring;
import io.tributary.discovery.zookeeper.Znodes.Lasting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * One process's part in one cell: it follows the tables and the ring, may register a node, and then
 * stands for election as the ring's writer. Safe for any thread.
 */
public final class CellCluster {
  private static final long PAUSE_MILLIS = 200;

  private final Identity identity;
  private final Scheduler scheduler;
  private final Scheduler.Worker worker;
  private final RandomGenerator random;
  private final Znodes znodes;
  private final Paths paths;
  private final RingNews news;
  private final OtherRings others;
  private final ZooKeeperSlots slots;
  private final ZnodeWatch<Ring> ring;
  private final CellMembership membership;
  private final RingLeader leader;
  private final Loads loads;
  private final Drains drains;
  private final SessionWatch session;
  private final SessionWatch sharedSession;
  private final Completable closing;
  private final Disposable following;

  /**
   * Who this process is.
   *
   * @param founding the cells that share the slots if nobody has written any yet
   */
  public record Identity(
      String cell, String node, long sessionTimeoutMillis, List<Cell> founding) {}

  public CellCluster(
      Ensembles ensembles, Identity identity, Scheduler scheduler, RandomGenerator random) {
    this.identity = identity;
    this.scheduler = scheduler;
    this.worker = scheduler.createWorker();
    this.random = random;
    this.znodes = ensembles.own();
    this.paths = new Paths(identity.cell());
    this.news = new RingNews(scheduler);
    this.others = new OtherRings(ensembles, identity.cell(), news::other);
    this.slots =
        new ZooKeeperSlots(
            ensembles.shared(),
            new ZooKeeperSlots.Founding(identity.cell(), identity.founding()),
            map -> others.follow(map.cells()));
    this.ring =
        new ZnodeWatch<>(
            znodes, paths.ring(), ClusterRecords::decodeRing, Ring.EMPTY, this::ringIs);
    Registration registration =
        new Registration(znodes, paths, scheduler, identity.sessionTimeoutMillis());
    this.membership =
        new CellMembership(
            znodes,
            paths.node(identity.node()),
            registration,
            new Comings(znodes, paths, scheduler, this::isNeeded),
            worker,
            random);
    this.loads = new Loads(znodes, paths);
    this.drains = new Drains(znodes, paths);
    this.leader = new RingLeader(znodes, paths, identity.node(), worker);
    this.session = new SessionWatch(ensembles.own());
    this.sharedSession = new SessionWatch(ensembles.shared());
    this.closing =
        loads
            .withdraw(identity.node())
            .onErrorComplete()
            .andThen(membership.leave())
            .andThen(leader.close())
            .andThen(Completable.fromAction(this::stop))
            .cache();
    this.following =
        new CompositeDisposable(
            session.states().skip(1).subscribe(this::sessionIs),
            sharedSession.states().skip(1).subscribe(this::sharedSessionIs));
  }

  /**
   * Reads everything, and creates what is missing.
   *
   * <p>Signals {@link ClusterUnavailableException} after twice the session time-out.
   */
  public Completable start() {
    long deadline = now() + 2 * identity.sessionTimeoutMillis();
    return slots
        .start()
        .andThen(znodes.create(paths.ring(), Bytes.EMPTY, Lasting.PERMANENT).ignoreElement())
        .andThen(Single.defer(ring::refresh).ignoreElement())
        .retryWhen(errors -> errors.flatMap(error -> pauseUnlessLate(error, deadline), 1))
        .doOnComplete(this::follow)
        .doOnError(error -> stop())
        .doOnDispose(this::stop);
  }

  private Flowable<Long> pauseUnlessLate(Throwable error, long deadline) {
    return error instanceof ClusterUnavailableException && now() < deadline
        ? Flowable.timer(PAUSE_MILLIS, TimeUnit.MILLISECONDS, scheduler)
        : Flowable.error(error);
  }

  private void follow() {
    slots.follow();
    ring.start();
  }

  /** Registers, as UP unless it flaps, and completes once the ring says so. */
  public Completable join(Endpoint grpc, int tokens) {
    return Completable.defer(() -> membership.join(node(grpc, tokens)))
        .doOnComplete(leader::start)
        .andThen(Completable.defer(() -> rings().takeUntil(this::containsSelf).ignoreElements()));
  }

  private NodeInfo node(Endpoint grpc, int tokens) {
    return new NodeInfo(
        identity.node(),
        NodeState.UP,
        NodeTokens.of(identity.node(), tokens),
        grpc,
        Incarnation.draw(random));
  }

  /** Nobody else serves this cell's mailboxes. */
  private boolean isNeeded() {
    return ring().nodes().stream()
        .noneMatch(node -> node.state() == NodeState.UP && !node.id().equals(identity.node()));
  }

  /** Says how this node is doing. Signals {@link ClusterUnavailableException}. */
  public Completable publish(NodeLoad load) {
    return loads.publish(identity.node(), load);
  }

  /** What each node said last. Signals {@link ClusterUnavailableException}. */
  public Single<Map<Incarnation, NodeLoad>> loads() {
    return loads.all();
  }

  /** Has a node told that it is to leave. Signals {@link ClusterUnavailableException}. */
  public Completable drain(NodeInfo node) {
    return drains.wish(node);
  }

  /** Completes when somebody wants this life of this node to leave. */
  public Completable drained() {
    return drains
        .wished(identity.node(), membership::self)
        .andThen(Completable.defer(() -> drains.forget(identity.node())));
  }

  public void announce(NodeState state) {
    membership.announce(state);
  }

  private void ringIs(Ring now) {
    news.own(now);
    leader.check();
  }

  private boolean containsSelf(Ring now) {
    return membership
        .self()
        .map(
            self ->
                now.nodes().stream()
                    .anyMatch(node -> node.incarnation().equals(self.incarnation())))
        .orElse(false);
  }

  private void sessionIs(SessionState state) {
    switch (state) {
      case LOST -> {
        ring.startOver();
        membership.sessionLost();
      }
      case CONNECTED -> {
        membership.reconnected();
        SessionWatch.readAgain(ring.refresh().ignoreElement());
      }
      case SUSPENDED -> {}
    }
  }

  private void sharedSessionIs(SessionState state) {
    switch (state) {
      case LOST -> slots.startOver();
      case CONNECTED -> SessionWatch.readAgain(slots.refresh());
      case SUSPENDED -> {}
    }
  }

  public PlacementChanges changes() {
    return slots;
  }

  public CellMap map() {
    return slots.map();
  }

  public Ring ring() {
    return ring.value();
  }

  /** A cell's; the empty ring if no such cell is known. */
  public Ring ring(String cell) {
    return cell.equals(identity.cell()) ? ring.value() : others.of(cell);
  }

  /** The ring now and at each change; a slow subscriber sees only the newest. */
  public Flowable<Ring> rings() {
    return news.own();
  }

  /** The nodes of all cells' rings, now and at each change. */
  public Flowable<List<NodeInfo>> everybody() {
    return news.any().map(changed -> others.nodesAnd(ring.value().nodes()));
  }

  /** Reads a cell's ring, and the slots, now. Signals {@link ClusterUnavailableException}. */
  public Completable refresh(String cell) {
    Completable itsRing =
        cell.equals(identity.cell()) ? ring.refresh().ignoreElement() : others.refresh(cell);
    return Completable.mergeArrayDelayError(slots.refresh(), itsRing);
  }

  public Flowable<SessionState> sessions() {
    return session.states();
  }

  public Optional<NodeInfo> self() {
    return membership.self();
  }

  /** Empty if this node is registered and in the ring, as far as it knows. */
  public String notReadyReason() {
    String unread = ring.trouble().isEmpty() ? slots.trouble() : ring.trouble();
    return NotReady.reason(session, unread, membership, containsSelf(ring()));
  }

  /** Removes the registration at once and stops following. May be called again. */
  public Completable close() {
    return closing;
  }

  private void stop() {
    following.dispose();
    session.close();
    sharedSession.close();
    others.close();
    slots.close();
    ring.close();
    news.close();
    worker.dispose();
  }

  private long now() {
    return scheduler.now(TimeUnit.MILLISECONDS);
  }
}
