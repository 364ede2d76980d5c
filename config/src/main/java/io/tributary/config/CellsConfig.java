package io.tributary.config;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * All cells, and what stands above them.
 *
 * @param zookeeper holds the list of cells and the slot table; empty: {@code zookeeper.connect}
 * @param founding written there by whoever comes first; empty: this node's cell alone
 */
public record CellsConfig(
    @Text(regex = "|" + ZooKeeperConfig.CONNECT, allowed = Text.CONNECT_ALLOWED) String zookeeper,
    List<FoundingCellConfig> founding) {
  public CellsConfig {
    founding = List.copyOf(founding);
  }

  /** There are some, and none has a weight. */
  boolean takesNobody() {
    return !founding.isEmpty() && founding.stream().allMatch(cell -> cell.weight() == 0);
  }

  /** Which of them is named twice; -1 if none is. */
  int repeated() {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < founding.size(); i++) {
      if (!names.add(founding.get(i).name())) {
        return i;
      }
    }
    return -1;
  }
}
