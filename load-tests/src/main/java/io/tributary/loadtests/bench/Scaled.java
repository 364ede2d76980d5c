package io.tributary.loadtests.bench;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a case came to in one layout.
 *
 * @param name of the case
 */
record Scaled(String name, Layout layout, Comparison found) {

  /** What processes are for, as {@code up} and {@link Site#cpu} name them. */
  enum Part {
    NODES("nodes", "node"),
    HBASE("HBase", "hbase"),
    ZOOKEEPER("ZooKeeper", "zookeeper"),
    UP("up", "up"),
    BENCH("clients", "bench");

    private final String words;
    private final String prefix;

    Part(String words, String prefix) {
      this.words = words;
      this.prefix = prefix;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  double perSecond() {
    return found.perSecond();
  }

  /** Microseconds of processor time a call, of all processes of each part; 0 if it has none. */
  Map<Part, Double> micros() {
    Map<Part, Double> micros = new TreeMap<>();
    for (Part part : Part.values()) {
      micros.put(
          part,
          found.spent().microsPerCall().entrySet().stream()
              .filter(process -> process.getKey().startsWith(part.prefix))
              .mapToDouble(Map.Entry::getValue)
              .sum());
    }
    return micros;
  }
}
