package io.tributary.discovery.zookeeper;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.CompletableEmitter;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.tributary.codecs.identity.Incarnation;
import io.tributary.discovery.membership.NodeIdTakenException;
import io.tributary.discovery.membership.NodeInfo;
import io.tributary.discovery.membership.NodeState;
import io.tributary.discovery.zookeeper.Znodes.Sight;
import io.tributary.discovery.zookeeper.Znodes.Watch;
import io.tributary.discovery.zookeeper.Znodes.Znode;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this node registered: after an expired session, or if somebody removed its znode, it comes
 * back by itself as a new incarnation. If it keeps coming and going it is JOINING for a while.
 *
 * <p>All state is changed on the worker only.
 */
final class CellMembership {
  private static final Logger LOG = LoggerFactory.getLogger(CellMembership.class);
  private static final long PAUSE_MILLIS = 250;

  private final Registration registration;
  private final Comings comings;
  private final Scheduler.Worker worker;
  private final RandomGenerator random;
  private final Watch ownZnode;
  private volatile Optional<NodeInfo> self = Optional.empty(); // as registered, or being so
  private volatile boolean registered;
  private volatile String trouble = "";
  private boolean busy; // a check or a registration is under way
  private boolean again; // one more is due after that
  private boolean left;

  CellMembership(
      Znodes znodes,
      String ownPath,
      Registration registration,
      Comings comings,
      Scheduler.Worker worker,
      RandomGenerator random) {
    this.registration = registration;
    this.comings = comings;
    this.worker = worker;
    this.random = random;
    this.ownZnode = znodes.watch(ownPath, sight());
  }

  private Sight sight() {
    return new Sight() {
      @Override
      public void is(Znode now) {}

      @Override
      public void gone() {
        onWorker(CellMembership.this::check);
      }
    };
  }

  /** What this node says of itself; empty before it joins. */
  Optional<NodeInfo> self() {
    return self;
  }

  /** Its znode stands, as far as it knows. */
  boolean isRegistered() {
    return registered;
  }

  /** Why it can't register, for people; empty if all is well. */
  String trouble() {
    return trouble;
  }

  /** Registers for the first time. */
  Completable join(NodeInfo node) {
    return Completable.create(done -> onWorker(() -> join(node, done)));
  }

  private void join(NodeInfo node, CompletableEmitter done) {
    self = Optional.of(node);
    busy = true;
    Disposable unused =
        register(node)
            .subscribe(
                registered -> onWorker(() -> joined(registered, done::onComplete)),
                error -> onWorker(() -> refused(() -> done.tryOnError(error))));
  }

  /** As it says of itself from now on. */
  private Single<NodeInfo> register(NodeInfo node) {
    return comings
        .note(node.id())
        .flatMap(
            waitMillis -> {
              boolean waits = waitMillis > 0 && node.state() == NodeState.UP;
              NodeInfo first = waits ? node.withState(NodeState.JOINING) : node;
              return registration
                  .register(first)
                  .doOnComplete(() -> later(waits ? waitMillis : 0, this::waited))
                  .toSingleDefault(first);
            });
  }

  private void later(long millis, Runnable step) {
    if (millis > 0) {
      Disposable unused = worker.schedule(step, millis, TimeUnit.MILLISECONDS);
    }
  }

  private void waited() {
    if (self.filter(node -> node.state() == NodeState.JOINING).isPresent()) {
      become(NodeState.UP);
    }
  }

  private void joined(NodeInfo node, Runnable tell) {
    self = self.map(now -> now.state() == NodeState.UP ? node : now);
    ownZnode.start();
    noteRegistered(node);
    tell.run();
  }

  private void refused(Runnable tell) {
    busy = false;
    self = Optional.empty();
    tell.run();
  }

  private void noteRegistered(NodeInfo node) {
    busy = false;
    registered = true;
    trouble = "";
    LOG.info(
        "event=membership.registered node={} state={} grpc={} incarnation={}",
        node.id(),
        node.state(),
        node.grpc(),
        node.incarnation());
    if (again || !self.equals(Optional.of(node))) {
      check();
    }
  }

  /** The session is gone, and the znode with it. */
  void sessionLost() {
    onWorker(() -> registered = false);
  }

  /** In touch again: are we still registered? */
  void reconnected() {
    onWorker(this::check);
  }

  /** Says something new of this node, now or as soon as it is registered again. */
  void announce(NodeState state) {
    onWorker(() -> become(state));
  }

  private void become(NodeState state) {
    self = self.map(node -> node.withState(state));
    check();
  }

  private void check() {
    if (left || self.isEmpty()) {
      return;
    }
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    again = false;
    NodeInfo node = self.get();
    var unused =
        registration
            .change(node)
            .subscribe(
                ours -> onWorker(() -> checked(node, ours)),
                error -> onWorker(() -> failed(error)));
  }

  private void checked(NodeInfo node, boolean ours) {
    if (ours) {
      busy = false;
      registered = true;
      if (again) {
        check();
      }
    } else {
      rejoin(node);
    }
  }

  private void rejoin(NodeInfo before) {
    registered = false;
    Incarnation incarnation = Incarnation.draw(random);
    NodeInfo node =
        new NodeInfo(before.id(), before.state(), before.tokens(), before.grpc(), incarnation);
    LOG.warn(
        "event=membership.rejoin node={} was={} incarnation={}",
        node.id(),
        before.incarnation(),
        incarnation);
    self = self.map(now -> withIncarnation(now, incarnation));
    Disposable unused =
        register(node)
            .subscribe(
                registered -> onWorker(() -> rejoined(registered)),
                error -> onWorker(() -> failed(error)));
  }

  private void rejoined(NodeInfo node) {
    self = self.map(now -> now.state() == NodeState.UP ? node : now);
    noteRegistered(node);
  }

  private static NodeInfo withIncarnation(NodeInfo node, Incarnation incarnation) {
    return new NodeInfo(node.id(), node.state(), node.tokens(), node.grpc(), incarnation);
  }

  private void failed(Throwable error) {
    trouble = String.valueOf(error.getMessage());
    if (error instanceof NodeIdTakenException) {
      LOG.error("event=membership.id_taken reason=\"{}\"", error.getMessage());
    } else {
      LOG.info("event=membership.retry reason=\"{}\"", error.getMessage());
    }
    Disposable unused = worker.schedule(this::retry, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void retry() {
    busy = false;
    check();
  }

  private void onWorker(Runnable step) {
    Disposable unused = worker.schedule(step);
  }

  /** Removes the znode at once, if it can be reached. */
  Completable leave() {
    return Completable.create(done -> onWorker(() -> leave(done)));
  }

  private void leave(CompletableEmitter done) {
    left = true;
    registered = false;
    ownZnode.close();
    var unused =
        self.map(node -> registration.leave(node).andThen(comings.forgive(node.id())))
            .orElseGet(Completable::complete)
            .onErrorComplete() // ZooKeeper is away: the znode goes with its session
            .subscribe(done::onComplete);
  }
}
