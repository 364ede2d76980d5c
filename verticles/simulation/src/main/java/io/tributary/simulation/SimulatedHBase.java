package io.tributary.simulation;

import io.tributary.codecs.message.Bytes;
import io.tributary.store.GroupResult;
import io.tributary.store.Row;
import io.tributary.store.RowKey;
import io.tributary.store.RowRange;
import io.tributary.store.TimedRow;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The server's side of HBase: rows, each operation atomic, durable as soon as it is carried out.
 */
final class SimulatedHBase {
  private final VirtualTime time;
  private final TreeMap<String, Column> rows = new TreeMap<>();
  private final Consumer<RowKey> changed;
  private boolean down;
  private SimulatedRegions regions;

  /**
   * @param regions how tables are cut at first
   * @param changed told of each row that was written or removed, at once
   */
  SimulatedHBase(VirtualTime time, SimulatedRegions regions, Consumer<RowKey> changed) {
    this.time = time;
    this.regions = regions;
    this.changed = changed;
  }

  boolean down() {
    return down;
  }

  /** Rows stay; whoever calls meanwhile loses the connection. */
  void goDown(long micros) {
    if (!down) {
      down = true;
      time.after(micros, () -> down = false);
    }
  }

  SimulatedRegions regions() {
    return regions;
  }

  /** Whoever looks for a region by its old name is told that it isn't there. */
  void cut(SimulatedRegions next) {
    regions = next;
  }

  /** Looks at all rows, then writes them all: it doesn't mind the same row twice. */
  GroupResult putAllIfAbsent(List<RowKey> keys, List<Bytes> values) {
    if (!regions.hold(keys)) {
      return GroupResult.SCATTERED;
    }
    if (keys.stream().anyMatch(key -> get(key).isPresent())) {
      return GroupResult.REFUSED;
    }
    putAll(keys, values);
    return GroupResult.WRITTEN;
  }

  /** Whatever is there. */
  void putAll(List<RowKey> keys, List<Bytes> values) {
    for (int i = 0; i < keys.size(); i++) {
      column(keys.get(i)).put(nowMillis(), values.get(i));
    }
    keys.forEach(changed);
  }

  boolean putIfAbsent(RowKey row, Bytes value) {
    return told(row, column(row).putIfAbsent(nowMillis(), value));
  }

  boolean compareAndSet(RowKey row, Bytes expected, Bytes next) {
    return told(row, column(row).compareAndSet(nowMillis(), expected, next));
  }

  /** Always true. */
  boolean putAt(RowKey row, Bytes value, long timestamp) {
    column(row).put(timestamp, value);
    return told(row, true);
  }

  GroupResult putAllAt(List<RowKey> keys, List<TimedRow> rows) {
    if (!regions.hold(keys)) {
      return GroupResult.SCATTERED;
    }
    for (int i = 0; i < keys.size(); i++) {
      column(keys.get(i)).put(rows.get(i).timestamp(), rows.get(i).value());
    }
    keys.forEach(changed);
    return GroupResult.WRITTEN;
  }

  /** Always true. */
  boolean removeAt(RowKey row, long timestamp) {
    column(row).delete(timestamp);
    return told(row, true);
  }

  private boolean told(RowKey row, boolean done) {
    if (done) {
      changed.accept(row);
    }
    return done;
  }

  Optional<Bytes> get(RowKey row) {
    return column(row).visible(nowMillis());
  }

  List<Row> scan(RowRange range, int rowsMax) {
    List<Row> found = new ArrayList<>();
    String from = place(range.table(), range.from());
    String until =
        range.until().isEmpty() ? range.table() + "\1" : place(range.table(), range.until());
    for (var each : rows.subMap(from, true, until, false).entrySet()) {
      if (found.size() == rowsMax) {
        break;
      }
      Bytes key = keyOf(range.table(), each.getKey());
      each.getValue().visible(nowMillis()).ifPresent(value -> found.add(new Row(key, value)));
    }
    return found;
  }

  private Column column(RowKey row) {
    return rows.computeIfAbsent(
        place(row.table(), row.key()), absent -> new Column(Long.MAX_VALUE));
  }

  /** One character a byte, so that the order of places is HBase's order of keys. */
  private static String place(String table, Bytes key) {
    return table + "\0" + new String(key.unsafeArray(), StandardCharsets.ISO_8859_1);
  }

  private static Bytes keyOf(String table, String place) {
    String key = place.substring(table.length() + 1);
    return Bytes.ofOwned(key.getBytes(StandardCharsets.ISO_8859_1));
  }

  private long nowMillis() {
    return time.nowMicros() / VirtualTime.MILLISECOND;
  }
}
