package io.tributary.loadtests.drill;

import java.util.Optional;

/**
 * One drill.
 *
 * @param name as on the command line
 * @param cells that it needs, each of two nodes
 * @param guest whether it needs a {@link Guest}
 * @param sessionMillis the session time-out, if it must be a particular one
 */
record Drill(String name, int cells, boolean guest, Optional<Integer> sessionMillis, Harm harm) {
  static Drill of(String name, int cells, Harm harm) {
    return new Drill(name, cells, false, Optional.empty(), harm);
  }

  static Drill withGuest(String name, Harm harm) {
    return new Drill(name, 1, true, Optional.empty(), harm);
  }

  Drill withSession(int millis) {
    return new Drill(name, cells, guest, Optional.of(millis), harm);
  }
}
