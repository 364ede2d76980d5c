package io.tributary.discovery.placement;

import io.tributary.codecs.identity.Incarnation;
import io.tributary.codecs.identity.UserId;
import io.tributary.discovery.membership.Endpoint;
import io.tributary.discovery.membership.NodeInfo;
import io.tributary.discovery.membership.NodeState;
import io.tributary.discovery.ring.NodeTokens;
import io.tributary.discovery.ring.Ring;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * What a process holds to locate anybody, however many users there are: the slot table, a thousand
 * pins, and the rings of four cells of ten nodes with 256 tokens each.
 */
final class LookupWorld {
  static final int PINS = 1_000;
  static final String SIZE = "4 rings of 10 nodes with 256 tokens, 1,000 pins";
  private static final int CELLS = 4;
  private static final int NODES = 10;
  private static final int TOKENS = 256;

  private final CellMap map;
  private final Map<String, Ring> rings = new ConcurrentHashMap<>();
  private final MemoryLocator locator;

  LookupWorld() {
    List<Cell> cells =
        IntStream.rangeClosed(1, CELLS)
            .mapToObj(number -> Cell.sharing(number, "cell-" + number, 1))
            .toList();
    cells.forEach(cell -> rings.put(cell.name(), ring(cell)));
    this.map = new CellMap(SlotTable.spread(cells, 7), new Pins(3, pins()), cells);
    this.locator = new MemoryLocator(() -> map, cell -> rings.getOrDefault(cell, Ring.EMPTY));
  }

  private static Ring ring(Cell cell) {
    return new Ring(
        11,
        IntStream.rangeClosed(1, NODES)
            .mapToObj(
                number ->
                    new NodeInfo(
                        cell.name() + "-node-" + number,
                        NodeState.UP,
                        NodeTokens.of(cell.name() + "-node-" + number, TOKENS),
                        new Endpoint("10.0.0." + number, 9_092),
                        new Incarnation(cell.number(), number)))
            .toList());
  }

  private static Map<UserId, String> pins() {
    Map<UserId, String> pins = new HashMap<>();
    UserId[] users = users(PINS);
    for (int pin = 0; pin < PINS; pin++) {
      pins.put(users[pin], "cell-" + (1 + pin % CELLS));
    }
    return pins;
  }

  MemoryLocator locator() {
    return locator;
  }

  /** So many users, the first thousand of them pinned; the same at each call. */
  static UserId[] users(int count) {
    SplittableRandom random = new SplittableRandom(4);
    UserId[] users = new UserId[count];
    for (int user = 0; user < count; user++) {
      users[user] = new UserId(1 + random.nextLong(Long.MAX_VALUE));
    }
    return users;
  }

  /** What one of these keeps in the heap, in bytes: the mean of some, by what they add to it. */
  static long retainedBytes() {
    int copies = 32;
    LookupWorld[] kept = new LookupWorld[copies];
    kept[0] = new LookupWorld(); // loads its classes
    long before = usedBytes();
    for (int copy = 0; copy < copies; copy++) {
      kept[copy] = new LookupWorld();
    }
    long after = usedBytes();
    if (kept[copies - 1].locator().nodeOf(users(1)[0]).isEmpty()) {
      throw new IllegalStateException("nobody serves the first user");
    }
    return (after - before) / (copies - 1);
  }

  private static long usedBytes() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
