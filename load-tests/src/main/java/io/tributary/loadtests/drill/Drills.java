package io.tributary.loadtests.drill;

import java.util.List;

/** All there are. */
final class Drills {
  static final String ALL = "all";

  private static final List<Drill> DRILLS =
      List.of(
          Drill.of("node-kill", 1, new NodeKill(NodeKill::any)),
          Drill.of("leader-kill", 1, new LeaderKill()),
          Drill.of("node-pause", 1, new NodePause()),
          Drill.of("zookeeper-kill", 1, new ZooKeeperKill()),
          Drill.of("rolling-restart", 1, new RollingRestart()),
          Drill.withGuest("cut-off", new CutOff()),
          Drill.withGuest("session-expiry", new SessionExpiry()),
          Drill.of("hbase-kill", 2, new HBaseKill()),
          Drill.of("directory-kill", 2, new DirectoryKill()));

  private Drills() {}

  static List<String> names() {
    return DRILLS.stream().map(Drill::name).toList();
  }

  /** Those of these names, in the order in which they are listed. */
  static List<Drill> of(List<String> names) {
    return DRILLS.stream()
        .filter(drill -> names.contains(ALL) || names.contains(drill.name()))
        .toList();
  }

  /** So many cells do for all of these. */
  static int cells(List<Drill> drills) {
    return drills.stream().mapToInt(Drill::cells).max().orElse(1);
  }
}
