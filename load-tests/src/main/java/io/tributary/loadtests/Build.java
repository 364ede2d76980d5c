package io.tributary.loadtests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Whether the launchers need to look for something to build. They do by themselves, and would start
 * a Maven inside of Maven; what this Maven built a moment ago is known to be current.
 */
final class Build {
  private static final List<String> LIBS =
      List.of(
          "verticles/cli/target/lib", "hbase-async/embedded/target/lib", "load-tests/target/lib");

  private Build() {}

  /** Puts {@code TRIBUTARY_BUILD=never} there if all jars are of the build that runs now. */
  static void look(Path project, String started, Map<String, String> environment)
      throws IOException {
    if (started.isEmpty()) {
      return;
    }
    Instant begin = Instant.parse(started);
    for (String lib : LIBS) {
      if (!isYounger(project.resolve(lib), begin)) {
        return;
      }
    }
    environment.put("TRIBUTARY_BUILD", "never");
  }

  private static boolean isYounger(Path lib, Instant begin) throws IOException {
    if (!Files.isDirectory(lib)) {
      return false;
    }
    try (Stream<Path> jars = Files.list(lib)) {
      return jars.filter(jar -> jar.getFileName().toString().startsWith("tributary-"))
          .anyMatch(jar -> isYoungerJar(jar, begin));
    }
  }

  private static boolean isYoungerJar(Path jar, Instant begin) {
    return !Instant.ofEpochMilli(jar.toFile().lastModified()).isBefore(begin);
  }
}
