package io.tributary.loadtests.drill;

import java.util.List;

/** All there are. */
final class Drills {
  static final String ALL = "all";

  private static final List<Drill> DRILLS =
      List.of(new Drill("node-kill", 1, new NodeKill(NodeKill::any)));

  private Drills() {}

  static List<String> names() {
    return DRILLS.stream().map(Drill::name).toList();
  }

  /** The one of this name, or all; none if there is no such name. */
  static List<Drill> of(String name) {
    return DRILLS.stream().filter(drill -> name.equals(ALL) || drill.name().equals(name)).toList();
  }

  /** So many cells do for all of these. */
  static int cells(List<Drill> drills) {
    return drills.stream().mapToInt(Drill::cells).max().orElse(1);
  }
}
