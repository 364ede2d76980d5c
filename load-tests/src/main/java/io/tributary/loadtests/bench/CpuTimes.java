package io.tributary.loadtests.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Processor time, as Linux counts it under {@code /proc} (proc(5)); where it does not, nothing is
 * said.
 *
 * @param pids by what to call the process
 */
record CpuTimes(Map<String, Long> pids) {
  private static final Path PROC = Path.of("/proc");
  private static final long MICROS_PER_TICK = 10_000;
  private static final int UTIME_FIELD = 11; // counted from the state, which follows the name
  private static final int CPU_IDLE_FIELD = 4;
  private static final int CPU_IOWAIT_FIELD = 5;
  private static final int CPU_STEAL_FIELD = 8;

  CpuTimes {
    pids = Map.copyOf(pids);
  }

  /**
   * At one moment.
   *
   * @param micros used so far, by process
   * @param machineMicros used so far by all processes
   */
  record Reading(Map<String, Long> micros, long machineMicros, long atNanos) {
    Spent since(Reading before) {
      Map<String, Long> spent = new LinkedHashMap<>();
      micros.forEach((name, now) -> spent.put(name, now - before.micros().getOrDefault(name, now)));
      return new Spent(
          spent, machineMicros - before.machineMicros(), (atNanos - before.atNanos()) / 1_000, 0);
    }
  }

  Reading read() {
    Map<String, Long> micros = new LinkedHashMap<>();
    pids.forEach((name, pid) -> ofProcess(pid).ifPresent(spent -> micros.put(name, spent)));
    return new Reading(micros, ofMachine(), System.nanoTime());
  }

  private static OptionalLong ofProcess(long pid) {
    try {
      return OptionalLong.of(micros(Files.readString(PROC.resolve(pid + "/stat"))));
    } catch (IOException absent) {
      return OptionalLong.empty();
    }
  }

  /** User and system time in a line of {@code /proc/PID/stat}; the name in it may hold spaces. */
  static long micros(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).strip().split(" ");
    return (Long.parseLong(fields[UTIME_FIELD]) + Long.parseLong(fields[UTIME_FIELD + 1]))
        * MICROS_PER_TICK;
  }

  private static long ofMachine() {
    try {
      return busyMicros(Files.readString(PROC.resolve("stat")));
    } catch (IOException absent) {
      return 0;
    }
  }

  /** All but idle and waiting time in {@code /proc/stat}, over all processors. */
  static long busyMicros(String stat) {
    String[] fields = stat.lines().findFirst().orElse("").split(" +");
    long ticks = 0;
    for (int field = 1; field <= CPU_STEAL_FIELD && field < fields.length; field++) {
      if (field != CPU_IDLE_FIELD && field != CPU_IOWAIT_FIELD) {
        ticks += Long.parseLong(fields[field]);
      }
    }
    return ticks * MICROS_PER_TICK;
  }
}
