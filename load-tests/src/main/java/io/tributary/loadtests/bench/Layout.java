package io.tributary.loadtests.bench;

import io.tributary.loadtests.Installation;
import java.util.Map;

/** How an installation is divided. The first is what the others are put beside. */
enum Layout {
  ONE_NODE("1 node", 1, 1),
  TWO_NODES("2 nodes", 1, 2),
  TWO_CELLS("2 cells", 2, 1);

  private final String words;
  private final int cells;
  private final int nodes;

  Layout(String words, int cells, int nodes) {
    this.words = words;
    this.cells = cells;
    this.nodes = nodes;
  }

  Installation.Shape shape() {
    return new Installation.Shape(cells, nodes, Map.of());
  }

  @Override
  public String toString() {
    return words;
  }
}
