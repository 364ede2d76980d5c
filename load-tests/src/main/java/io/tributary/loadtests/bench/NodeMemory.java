package io.tributary.loadtests.bench;

import io.tributary.loadtests.api.UnusableTargetException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A JVM's memory after a full collection, as Linux and {@code jcmd} tell.
 *
 * @param residentBytes of the whole process
 * @param heapBytes of live objects
 * @param bytesByClass of live objects
 */
record NodeMemory(long residentBytes, long heapBytes, Map<String, Long> bytesByClass) {
  private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB$");
  private static final Pattern CLASS =
      Pattern.compile("(?m)^ *\\d+: +\\d+ +(\\d+) +(\\S+)(?: \\(.*\\))?$");
  private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)$");
  private static final int JCMD_MAX_SECONDS = 60;

  NodeMemory {
    bytesByClass = Map.copyOf(bytesByClass);
  }

  /**
   * Collects the garbage of a process, then looks.
   *
   * @throws UnusableTargetException if this machine can't tell
   */
  static NodeMemory of(long pid) {
    try {
      jcmd(pid, "GC.run");
      String histogram = jcmd(pid, "GC.class_histogram");
      return parse(Files.readString(Path.of("/proc/" + pid + "/status")), histogram);
    } catch (IOException unreadable) {
      throw new UnusableTargetException(
          "the node's memory can't be read, which takes Linux and a JDK's jcmd: " + unreadable);
    }
  }

  /**
   * @param status as in {@code /proc/PID/status}
   * @param histogram as {@code jcmd PID GC.class_histogram} prints it
   */
  static NodeMemory parse(String status, String histogram) throws IOException {
    Map<String, Long> classes = new HashMap<>();
    CLASS
        .matcher(histogram)
        .results()
        .forEach(line -> classes.merge(line.group(2), Long.parseLong(line.group(1)), Long::sum));
    return new NodeMemory(figure(RESIDENT, status) * 1024, figure(TOTAL, histogram), classes);
  }

  private static long figure(Pattern pattern, String text) throws IOException {
    Matcher found = pattern.matcher(text);
    if (!found.find()) {
      throw new IOException("no " + pattern + " in " + text.lines().limit(3).toList());
    }
    return Long.parseLong(found.group(1));
  }

  /** The classes whose objects grew most, with the bytes they grew by. */
  List<Map.Entry<String, Long>> growthSince(NodeMemory before, int classesMax) {
    return bytesByClass.entrySet().stream()
        .map(
            now ->
                Map.entry(
                    now.getKey(),
                    now.getValue() - before.bytesByClass.getOrDefault(now.getKey(), 0L)))
        .filter(growth -> growth.getValue() > 0)
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(classesMax)
        .toList();
  }

  private static String jcmd(long pid, String command) throws IOException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process process =
        new ProcessBuilder(jcmd.toString(), Long.toString(pid), command)
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (!process.waitFor(JCMD_MAX_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException("jcmd " + command + ": " + said.strip());
      }
      return said;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted");
    }
  }
}
