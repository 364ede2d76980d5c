package io.tributary.loadtests.bench;

import io.tributary.loadtests.api.Target;
import io.tributary.loadtests.api.UnusableTargetException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * The installation that is measured, and what {@code up} leaves beside its ready file.
 *
 * @param run the folder of the ready file
 */
record Site(Target target, Path run) {
  private static final String ONLY_NODE = "node-1";

  private static final String BENCH = "bench";
  private static final String PID_FILE = ".pid";

  /**
   * @throws UnusableTargetException as {@link Target#read}
   */
  static Site read(Path readyFile) {
    Target target = Target.read(readyFile);
    return new Site(target, readyFile.toAbsolutePath().resolveSibling(""));
  }

  /** The first node's process, as {@code up} names it. */
  String node() {
    return target.nodes().isEmpty() ? ONLY_NODE : target.nodes().get(0).name();
  }

  /** What its first node was started with. */
  Path nodeConfiguration() {
    return run.resolve(node() + ".yaml");
  }

  /** Its processes and this one; this one alone if they run elsewhere. */
  CpuTimes cpu() {
    Map<String, Long> pids = new TreeMap<>(Map.of(BENCH, ProcessHandle.current().pid()));
    try (DirectoryStream<Path> files = Files.newDirectoryStream(run, "*" + PID_FILE)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        pids.put(name.substring(0, name.length() - PID_FILE.length()), pid(file));
      }
    } catch (IOException | NumberFormatException unreadable) {
      throw new UnusableTargetException(run + " can't be read: " + unreadable);
    }
    return new CpuTimes(pids);
  }

  /**
   * The node's process id.
   *
   * @throws UnusableTargetException if it does not run on this machine
   */
  long nodePid() {
    Long pid = cpu().pids().get(node());
    if (pid == null) {
      throw new UnusableTargetException(
          run + " names no process of the node: its memory is measured on its own machine");
    }
    return pid;
  }

  private static long pid(Path file) throws IOException {
    return Long.parseLong(Files.readString(file).strip());
  }
}
