package io.tributary.loadtests.drill;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** All there are. */
final class Drills {
  static final String ALL = "all";

  private static final List<Drill> DRILLS =
      List.of(
          Drill.of("node-kill", 1, new NodeKill(NodeKill::any)),
          Drill.of("node-kill-2s", 1, new NodeKill(NodeKill::any)).withSession(2_000),
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

  /**
   * Those that can share an installation, whose nodes have one session time-out.
   *
   * @param usualMillis of those that do not say
   * @return by the time-out in milliseconds
   */
  static Set<Map.Entry<Integer, List<Drill>>> bySession(List<Drill> drills, int usualMillis) {
    return drills.stream()
        .collect(
            Collectors.groupingBy(
                drill -> drill.sessionMillis().orElse(usualMillis),
                LinkedHashMap::new,
                Collectors.toList()))
        .entrySet();
  }

  /** So many cells do for all of these. */
  static int cells(List<Drill> drills) {
    return drills.stream().mapToInt(Drill::cells).max().orElse(1);
  }
}
