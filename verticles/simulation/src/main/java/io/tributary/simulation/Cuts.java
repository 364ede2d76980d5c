package io.tributary.simulation;

import java.util.HashMap;
import java.util.Map;

/** Which processes can't reach each other, in neither direction. HBase can always be reached. */
final class Cuts {
  /** Stands for ZooKeeper among the numbers of nodes. */
  static final int ZOOKEEPER = -1;

  private final VirtualTime time;
  private final Map<Pair, Long> untilMicros = new HashMap<>();

  private record Pair(int low, int high) {
    static Pair of(int one, int other) {
      return new Pair(Math.min(one, other), Math.max(one, other));
    }
  }

  Cuts(VirtualTime time) {
    this.time = time;
  }

  void cut(int one, int other, long micros) {
    untilMicros.merge(Pair.of(one, other), time.nowMicros() + micros, Math::max);
  }

  boolean between(int one, int other) {
    Long until = untilMicros.get(Pair.of(one, other));
    return until != null && until > time.nowMicros();
  }

  void heal() {
    untilMicros.clear();
  }
}
