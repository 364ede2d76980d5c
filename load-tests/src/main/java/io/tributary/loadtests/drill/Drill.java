package io.tributary.loadtests.drill;

/**
 * One drill.
 *
 * @param name as on the command line
 * @param cells that it needs, each of two nodes
 * @param guest whether it needs a {@link Guest}
 */
record Drill(String name, int cells, boolean guest, Harm harm) {
  static Drill of(String name, int cells, Harm harm) {
    return new Drill(name, cells, false, harm);
  }

  static Drill withGuest(String name, Harm harm) {
    return new Drill(name, 1, true, harm);
  }
}
