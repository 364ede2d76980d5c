package io.tributary.discovery.zookeeper;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.Bytes;
import io.tributary.discovery.membership.ClusterUnavailableException;
import io.tributary.discovery.placement.Cell;
import io.tributary.discovery.placement.CellMap;
import io.tributary.discovery.placement.Pins;
import io.tributary.discovery.placement.PlacementChanges;
import io.tributary.discovery.placement.SlotTable;
import io.tributary.discovery.zookeeper.Znodes.Lasting;
import io.tributary.discovery.zookeeper.Znodes.Znode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Slots, pins and cells, followed in ZooKeeper. On an ensemble that has none, the cells that this
 * process was told of share the slots by their weights. Safe for any thread.
 */
final class ZooKeeperSlots implements PlacementChanges {
  private static final Logger LOG = LoggerFactory.getLogger(ZooKeeperSlots.class);
  private static final int FIRST_NUMBER = 1;
  private static final int ATTEMPTS_MAX = 5;

  private final Znodes znodes;
  private final Founding founding;
  private final Consumer<CellMap> changed;
  private final ZnodeWatch<List<Cell>> cells;
  private final ZnodeWatch<SlotTable> slots;
  private final ZnodeWatch<Pins> pins;
  private volatile CellMap map =
      new CellMap(SlotTable.allOn(FIRST_NUMBER, 0), Pins.NONE, List.of());

  /**
   * What to write if nothing has been written.
   *
   * @param ownCell must be one of the cells there are
   */
  record Founding(String ownCell, List<Cell> cells) {}

  /**
   * @param changed told each new map
   */
  ZooKeeperSlots(Znodes znodes, Founding founding, Consumer<CellMap> changed) {
    this.znodes = znodes;
    this.founding = founding;
    this.changed = changed;
    this.cells =
        new ZnodeWatch<>(
            znodes,
            Paths.CELLS,
            (data, version) -> ClusterRecords.decodeCells(data),
            List.of(),
            read -> combine());
    this.slots =
        new ZnodeWatch<>(znodes, Paths.SLOTS, SlotTable::ofBytes, map.slots(), read -> combine());
    this.pins =
        new ZnodeWatch<>(
            znodes, Paths.PINS, ClusterRecords::decodePins, Pins.NONE, read -> combine());
  }

  CellMap map() {
    return map;
  }

  /** Creates what is absent, reads all, and follows it. May be repeated. */
  Completable start() {
    return create(Paths.CELLS, ClusterRecords.encodeCells(founding.cells()))
        .andThen(Single.defer(cells::refresh))
        .doOnSuccess(this::ownCellIsListed)
        .flatMapCompletable(listed -> create(Paths.SLOTS, SlotTable.spread(listed, 0).toBytes()))
        .andThen(create(Paths.PINS, ClusterRecords.encodePins(Map.of())))
        .andThen(Completable.defer(this::refresh));
  }

  void follow() {
    cells.start();
    slots.start();
    pins.start();
  }

  /** Reads all of it now. */
  Completable refresh() {
    return Single.mergeArray(cells.refresh(), slots.refresh(), pins.refresh()).ignoreElements();
  }

  private Completable create(String path, Bytes data) {
    return Completable.defer(() -> znodes.create(path, data, Lasting.PERMANENT).ignoreElement());
  }

  private void ownCellIsListed(List<Cell> listed) {
    List<String> names = listed.stream().map(Cell::name).toList();
    if (!names.contains(founding.ownCell())) {
      throw new IllegalArgumentException(
          "cell '%s' is not one of this ZooKeeper's cells %s: set node.cell to one of them"
              .formatted(founding.ownCell(), names));
    }
  }

  @Override
  public Completable weigh(String cell, int weight) {
    return change(
            Paths.CELLS, before -> ClusterRecords.encodeCells(weighed(before.data(), cell, weight)))
        .andThen(cells.refresh().ignoreElement());
  }

  /** Judged by the list as it is now: two operators may each close a cell. */
  private List<Cell> weighed(Bytes before, String cell, int weight) {
    ClusterRecords.checkCells(before);
    CellMap now = new CellMap(slots.value(), pins.value(), ClusterRecords.decodeCells(before));
    if (now.cells().stream().noneMatch(each -> each.name().equals(cell))) {
      throw new IllegalArgumentException("there is no cell " + cell);
    }
    CellMap then = now.weighed(cell, weight);
    if (!then.takesNewUsers()) {
      throw new IllegalArgumentException("no cell would take new users");
    }
    return then.cells();
  }

  @Override
  public Completable pin(UserId user, String cell) {
    return changePins(now -> now.put(user, cell));
  }

  @Override
  public Completable unpin(UserId user) {
    return changePins(now -> now.remove(user));
  }

  private Completable changePins(Consumer<Map<UserId, String>> change) {
    return change(
            Paths.PINS,
            before -> {
              ClusterRecords.checkPins(before.data());
              Map<UserId, String> now =
                  new HashMap<>(ClusterRecords.decodePins(before.data(), before.version()).cells());
              change.accept(now);
              return ClusterRecords.encodePins(now);
            })
        .andThen(pins.refresh().ignoreElement());
  }

  private Completable change(String path, Function<Znode, Bytes> next) {
    return znodes
        .read(path)
        .toSingle()
        .flatMap(before -> znodes.replace(path, next.apply(before), before.version()))
        .flatMapCompletable(
            won -> won ? Completable.complete() : Completable.error(new SupersededException()))
        .retry(ATTEMPTS_MAX, SupersededException.class::isInstance)
        .onErrorResumeNext(failure -> Completable.error(told(path, failure)));
  }

  private static Throwable told(String path, Throwable failure) {
    if (failure instanceof NewerFormatException) {
      return new ClusterUnavailableException(path + " holds " + failure.getMessage(), failure);
    }
    return failure instanceof SupersededException
        ? new ClusterUnavailableException(path + " is being changed by others", failure)
        : failure;
  }

  /** Somebody else's change came between. */
  private static final class SupersededException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private synchronized void combine() {
    map = new CellMap(slots.value(), pins.value(), cells.value());
    if (!cells.value().isEmpty() && !map.strangers().isEmpty()) {
      LOG.error("event=slots.unknown_cells numbers={}", map.strangers());
    }
    changed.accept(map);
  }

  /** Why the map may be older than what is there; empty if all is well. */
  String trouble() {
    return Stream.of(cells, slots, pins)
        .map(ZnodeWatch::trouble)
        .filter(trouble -> !trouble.isEmpty())
        .findFirst()
        .orElse("");
  }

  void startOver() {
    cells.startOver();
    slots.startOver();
    pins.startOver();
  }

  void close() {
    cells.close();
    slots.close();
    pins.close();
  }
}
