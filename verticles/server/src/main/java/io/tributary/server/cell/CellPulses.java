package io.tributary.server.cell;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.tributary.cell.v1.PulseResponse;
import io.tributary.discovery.membership.Endpoint;
import io.tributary.discovery.membership.NodeInfo;
import io.tributary.discovery.membership.NodeState;
import io.tributary.discovery.placement.Cell;
import io.tributary.discovery.ring.Ring;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks each other cell once a second how it is: one of its nodes, whichever, and if that does not
 * answer or is not well, others. A cell counts as silent when several of its nodes did not answer,
 * or its only one twice; nothing is sent there until one answers again, so that whatever is held
 * while a cell is waited for (permits, connections, memory) is free for the others. A cell is in
 * trouble as soon as all that answer say so: one node's trouble is not its cell's.
 */
public final class CellPulses implements CellStates {
  private static final Logger LOG = LoggerFactory.getLogger(CellPulses.class);
  private static final long EVERY_MILLIS = 1_000;
  private static final int MISSED_MAX = 2;
  private static final int ASKED_MAX = 4;

  private final Cells others;
  private final String ownCell;
  private final Supplier<Optional<String>> ownTrouble;
  private final Function<Endpoint, Single<PulseResponse>> nodes;
  private final RandomGenerator random;
  private final Map<String, Pulse> cells = new ConcurrentHashMap<>();

  /**
   * The cell that this process serves mailboxes of, and how that is. Not asked for by others.
   *
   * @param cell empty if it serves none
   */
  public record Own(String cell, Supplier<Optional<String>> trouble) {}

  /**
   * All cells there are.
   *
   * @param rings by cell
   */
  public record Cells(Supplier<List<Cell>> all, Function<String, Ring> rings) {}

  /**
   * @param nodes what one says of its cell, at once or never
   * @param random for whom to ask; safe for any thread
   */
  public CellPulses(
      Cells cells,
      Own own,
      Function<Endpoint, Single<PulseResponse>> nodes,
      RandomGenerator random) {
    this.others = cells;
    this.ownCell = own.cell();
    this.ownTrouble = own.trouble();
    this.nodes = nodes;
    this.random = random;
  }

  /**
   * What is known of a cell.
   *
   * @param missed answers running, of different nodes if there are several
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
    return Flowable.fromIterable(others.all().get())
        .map(Cell::name)
        .filter(cell -> !cell.equals(ownCell))
        .flatMapCompletable(this::ask);
  }

  private Completable ask(String cell) {
    List<Endpoint> asked = someOf(cell);
    if (asked.isEmpty()) {
      return Completable.complete();
    }
    return answer(cell, asked)
        .map(CellPulses::answered)
        .switchIfEmpty(Single.fromSupplier(() -> missed(cell, asked.size())))
        .doOnSuccess(now -> note(cell, now))
        .ignoreElement();
  }

  private List<Endpoint> someOf(String cell) {
    List<Endpoint> up =
        others.rings().apply(cell).nodes().stream()
            .filter(node -> node.state() == NodeState.UP && !node.tokens().isEmpty())
            .map(NodeInfo::grpc)
            .collect(Collectors.toCollection(ArrayList::new));
    for (int i = up.size(); i > 1; i--) {
      Collections.swap(up, i - 1, random.nextInt(i));
    }
    return up.subList(0, Math.min(up.size(), ASKED_MAX));
  }

  /** One alone while all is well: many processes ask. Empty if nobody answers. */
  private Maybe<PulseResponse> answer(String cell, List<Endpoint> asked) {
    int first = pulse(cell).equals(Pulse.WELL) ? 1 : asked.size();
    return Flowable.concat(
            answers(asked.subList(0, first)), answers(asked.subList(first, asked.size())))
        .takeUntil(PulseResponse::getWell)
        .reduce((before, next) -> next);
  }

  private Flowable<PulseResponse> answers(List<Endpoint> asked) {
    return Flowable.fromIterable(asked)
        .flatMapMaybe(node -> nodes.apply(node).toMaybe().onErrorComplete(), false, ASKED_MAX);
  }

  private static Pulse answered(PulseResponse answer) {
    return answer.getWell()
        ? Pulse.WELL
        : new Pulse(0, Optional.of("storage of the cell does not answer"));
  }

  private Pulse missed(String cell, int nodesAsked) {
    Pulse before = pulse(cell);
    int missed = Math.min(MISSED_MAX, before.missed() + nodesAsked);
    return new Pulse(missed, before.trouble());
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
