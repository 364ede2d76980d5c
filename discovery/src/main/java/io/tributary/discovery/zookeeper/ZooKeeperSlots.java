package io.tributary.discovery.zookeeper;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.message.Bytes;
import io.tributary.discovery.placement.Cell;
import io.tributary.discovery.placement.CellMap;
import io.tributary.discovery.placement.Pins;
import io.tributary.discovery.placement.SlotTable;
import io.tributary.discovery.zookeeper.Znodes.Lasting;
import java.util.List;
import java.util.Map;

/**
 * Slots, pins and cells, followed in ZooKeeper. On an ensemble that has none, all slots go to the
 * cell that comes first. Safe for any thread.
 */
final class ZooKeeperSlots {
  private static final int FIRST_NUMBER = 1;
  private static final int FIRST_WEIGHT = 100;

  private final Znodes znodes;
  private final Paths paths;
  private final ZnodeWatch<List<Cell>> cells;
  private final ZnodeWatch<SlotTable> slots;
  private final ZnodeWatch<Pins> pins;
  private volatile CellMap map =
      new CellMap(SlotTable.allOn(FIRST_NUMBER, 0), Pins.NONE, List.of());

  ZooKeeperSlots(Znodes znodes, Paths paths) {
    this.znodes = znodes;
    this.paths = paths;
    this.cells =
        new ZnodeWatch<>(
            znodes,
            paths.cells(),
            (data, version) -> ClusterRecords.decodeCells(data),
            List.of(),
            read -> combine());
    this.slots =
        new ZnodeWatch<>(znodes, paths.slots(), SlotTable::ofBytes, map.slots(), read -> combine());
    this.pins =
        new ZnodeWatch<>(
            znodes, paths.pins(), ClusterRecords::decodePins, Pins.NONE, read -> combine());
  }

  CellMap map() {
    return map;
  }

  /** Creates what is absent, reads all, and follows it. May be repeated. */
  Completable start() {
    return create(paths.cells(), ClusterRecords.encodeCells(List.of(firstCell())))
        .andThen(Single.defer(cells::refresh))
        .map(this::ownNumber)
        .flatMapCompletable(number -> create(paths.slots(), SlotTable.allOn(number, 0).toBytes()))
        .andThen(create(paths.pins(), ClusterRecords.encodePins(Map.of())))
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

  private Cell firstCell() {
    return new Cell(FIRST_NUMBER, paths.cell(), FIRST_WEIGHT);
  }

  private int ownNumber(List<Cell> listed) {
    return listed.stream()
        .filter(cell -> cell.name().equals(paths.cell()))
        .map(Cell::number)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "cell '%s' is not one of this ZooKeeper's cells %s: set node.cell to one of them"
                        .formatted(paths.cell(), listed.stream().map(Cell::name).toList())));
  }

  private synchronized void combine() {
    map = new CellMap(slots.value(), pins.value(), cells.value());
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
