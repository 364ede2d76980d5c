package io.tributary.server.cell;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.tributary.cell.v1.PulseResponse;
import io.tributary.discovery.Discovery;
import io.tributary.discovery.membership.NodeInfo;
import io.tributary.discovery.membership.NodeState;
import io.tributary.discovery.placement.Cell;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks each other cell once a second how it is, one of its nodes at a time, whichever. A cell that
 * did not answer twice running counts as silent, and nothing is sent there until it answers again:
 * so that whatever is held while one cell is waited for (permits, connections, memory) is free for
 * the others. What a cell says of its storage counts from the first time.
 */
public final class CellPulses implements CellStates {
  private static final Logger LOG = LoggerFactory.getLogger(CellPulses.class);
  private static final long EVERY_MILLIS = 1_000;
  private static final int MISSED_MAX = 2;

  private final Discovery discovery;
  private final String ownCell;
  private final Supplier<Optional<String>> ownTrouble;
  private final CellClient nodes;
  private final RandomGenerator random;
  private final Map<String, Pulse> cells = new ConcurrentHashMap<>();

  /**
   * The cell that this process serves mailboxes of, and how that is. Not asked for by others.
   *
   * @param cell empty if it serves none
   */
  public record Own(String cell, Supplier<Optional<String>> trouble) {}

  /**
   * @param random for whom to ask; safe for any thread
   */
  public CellPulses(Discovery discovery, Own own, CellClient nodes, RandomGenerator random) {
    this.discovery = discovery;
    this.ownCell = own.cell();
    this.ownTrouble = own.trouble();
    this.nodes = nodes;
    this.random = random;
  }

  /**
   * What is known of a cell.
   *
   * @param missed answers running
   * @param trouble as last told
   */
  private record Pulse(int missed, Optional<String> trouble) {
    static final Pulse WELL = new Pulse(0, Optional.empty());

    boolean silent() {
      return missed >= MISSED_MAX;
    }
  }

  @Override
  public Optional<String> silence(String cell) {
    return !cell.equals(ownCell) && pulse(cell).silent()
        ? Optional.of("cell " + cell + " does not answer")
        : Optional.empty();
  }

  @Override
  public Optional<String> trouble(String cell) {
    return cell.equals(ownCell) ? ownTrouble.get() : pulse(cell).trouble();
  }

  private Pulse pulse(String cell) {
    return cells.getOrDefault(cell, Pulse.WELL);
  }

  /** Asks from now on. */
  public Disposable start(Scheduler scheduler) {
    return Flowable.interval(EVERY_MILLIS, TimeUnit.MILLISECONDS, scheduler)
        .onBackpressureDrop()
        .flatMapCompletable(tick -> askAll())
        .subscribe(() -> {}, failure -> LOG.error("event=cell.pulses_ended", failure));
  }

  private Completable askAll() {
    return Flowable.fromIterable(discovery.cells().cells())
        .map(Cell::name)
        .filter(cell -> !cell.equals(ownCell))
        .flatMapCompletable(this::ask);
  }

  private Completable ask(String cell) {
    List<NodeInfo> up =
        discovery.ring(cell).nodes().stream()
            .filter(node -> node.state() == NodeState.UP && !node.tokens().isEmpty())
            .toList();
    if (up.isEmpty()) {
      return Completable.complete();
    }
    NodeInfo asked = up.get(random.nextInt(up.size()));
    return nodes
        .pulse(asked.grpc())
        .map(CellPulses::answered)
        .onErrorResumeNext(silence -> Single.just(missed(cell)))
        .doOnSuccess(now -> note(cell, now))
        .ignoreElement();
  }

  private static Pulse answered(PulseResponse answer) {
    return answer.getWell()
        ? Pulse.WELL
        : new Pulse(0, Optional.of("storage of the cell does not answer"));
  }

  private Pulse missed(String cell) {
    Pulse before = pulse(cell);
    return new Pulse(before.missed() + 1, before.trouble());
  }

  private void note(String cell, Pulse now) {
    Pulse before = cells.put(cell, now);
    Pulse was = before == null ? Pulse.WELL : before;
    if (was.silent() != now.silent() || !was.trouble().equals(now.trouble())) {
      LOG.warn(
          "event=cell.pulse cell={} silent={} trouble=\"{}\"",
          cell,
          now.silent(),
          now.trouble().orElse(""));
    }
  }
}
