package io.tributary.simulation;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.disposables.Disposable;
import io.tributary.codecs.identity.UserId;
import io.tributary.discovery.Discovery;
import io.tributary.discovery.DiscoveryEnvironment;
import io.tributary.discovery.DiscoverySettings;
import io.tributary.discovery.membership.NodeState;
import io.tributary.discovery.placement.Cell;
import io.tributary.discovery.placement.CellLocator;
import io.tributary.discovery.placement.Location;
import io.tributary.discovery.ring.Ring;
import io.tributary.discovery.zookeeper.Ensembles;
import io.tributary.mailbox.Ownership;
import io.tributary.server.cell.RingRefresh;
import io.tributary.server.cell.Tenure;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The membership of one life of a node in its cell: the real discovery over the simulated one. */
final class CellMember {
  private static final int TOKENS = 8;
  private static final List<Cell> FOUNDING = List.of(new Cell(1, World.CELL, 100, ""));
  private static final long REFRESH_MILLIS_MAX = 1_000;
  private static final long AGAIN_MICROS = VirtualTime.SECOND;

  private final World world;
  private final int number;
  private final Life life;
  private final SimulatedZnodes znodes;
  private final Consumer<Ownership> told;
  private final Consumer<Predicate<UserId>> handed;
  private Optional<Discovery> discovery = Optional.empty();
  private boolean joined;
  private long ringVersion;

  /**
   * @param told what the node may think of its right to its mailboxes; at first it is sure
   * @param handed of whose mailboxes it may know something old
   */
  CellMember(
      World world,
      int number,
      Life life,
      Consumer<Ownership> told,
      Consumer<Predicate<UserId>> handed) {
    this.world = world;
    this.number = number;
    this.life = life;
    this.told = told;
    this.handed = handed;
    this.znodes = new SimulatedZnodes(world, number, life);
  }

  static String name(int node) {
    return "node" + node;
  }

  /**
   * Joins, and tries again where a process would end and be started again.
   *
   * @param started run as soon as the tables and the ring are known
   */
  void begin(Consumer<Discovery> started) {
    znodes.connect();
    start(started);
  }

  private void start(Consumer<Discovery> started) {
    long sessionMillis = world.scale().sessionMicros() / VirtualTime.MILLISECOND;
    Disposable unused =
        Discovery.start(
                Ensembles.one(znodes),
                new DiscoverySettings(World.CELL, name(number), TOKENS, sessionMillis, FOUNDING),
                new DiscoveryEnvironment(life, world.chance().random()))
            .subscribe(
                opened -> opened(opened, started), failure -> later(() -> start(started), failure));
  }

  private void opened(Discovery opened, Consumer<Discovery> started) {
    discovery = Optional.of(opened);
    Disposable rings = opened.rings().subscribe(this::sees);
    started.accept(opened);
    join(opened);
  }

  private void join(Discovery opened) {
    Disposable unused =
        opened
            .join(SimulatedWire.endpoint(number))
            .subscribe(() -> joined(opened), failure -> later(() -> join(opened), failure));
  }

  private void joined(Discovery opened) {
    joined = true;
    Disposable handovers = Tenure.handovers(opened, name(number)).subscribe(handed::accept);
    Disposable unused = Tenure.of(opened, life).skip(1).subscribe(this::becomes);
  }

  private void becomes(Ownership ownership) {
    world.trace().note(name(number) + " is " + ownership + " of its mailboxes");
    told.accept(ownership);
  }

  private void later(Runnable action, Throwable failure) {
    world.trace().note(name(number) + " has not joined: " + failure.getMessage());
    world.time().after(AGAIN_MICROS, () -> life.enter(action));
  }

  /** Gives its share away, and takes it back. */
  void drain(long micros) {
    announce(NodeState.DRAINING);
    world.time().after(micros, () -> announce(NodeState.UP));
  }

  private void announce(NodeState state) {
    life.enter(
        () ->
            discovery
                .filter(known -> joined)
                .ifPresent(
                    known -> {
                      world.trace().note(name(number) + " is " + state);
                      Disposable unused = known.announce(state).subscribe();
                    }));
  }

  /** Within one session no older ring takes the place of a newer one. */
  private void sees(Ring ring) {
    world.trace().note(name(number) + " sees " + ring);
    if (ring.version() < ringVersion) {
      world.violation(name(number) + " went back from ring " + ringVersion + " to " + ring);
    }
    ringVersion = ring.version();
  }

  /** It knows the ring, and so can lead to mailboxes. */
  boolean started() {
    return discovery.isPresent();
  }

  /** It is in the ring, as the ring stands, and everybody in it is alive. */
  boolean settled() {
    return joined
        && discovery
            .filter(Discovery::ready)
            .map(known -> world.ringWatch().isCurrent(known.ring()))
            .orElse(false);
  }

  CellLocator locator() {
    return this::locate;
  }

  private Location locate(UserId user) {
    return discovery
        .map(known -> known.locator().locate(user))
        .orElseGet(
            () ->
                new Location(
                    user.slot(), World.CELL, 0, Location.Reason.SLOT_TABLE, Optional.empty(), 0));
  }

  /** As the server does it. */
  RingRefresh refresh() {
    return cell ->
        discovery
            .map(
                known ->
                    known
                        .refresh(cell)
                        .timeout(REFRESH_MILLIS_MAX, TimeUnit.MILLISECONDS, life)
                        .onErrorComplete())
            .orElseGet(Completable::complete);
  }

  @Override
  public String toString() {
    return discovery
        .map(known -> (joined ? "joined " : "joining ") + known.ring() + known.notReadyReason())
        .orElse("not started");
  }
}
