package io.tributary.loadtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildTest {
  private static final Instant STARTED = Instant.parse("2026-11-23T10:00:00Z");

  @TempDir Path project;

  @Test
  void jarsOfThisBuildShouldNotBeBuiltAgain() throws IOException {
    jar("verticles/cli", STARTED);
    jar("hbase-async/embedded", STARTED.plusSeconds(1));
    jar("load-tests", STARTED.plusSeconds(9));

    assertThat(environment(STARTED.toString())).containsEntry("TRIBUTARY_BUILD", "never");
  }

  @Test
  void jarsOfAnEarlierBuildShouldBeLookedAt() throws IOException {
    jar("verticles/cli", STARTED.minusSeconds(1));
    jar("hbase-async/embedded", STARTED);
    jar("load-tests", STARTED);

    assertThat(environment(STARTED.toString())).isEmpty();
  }

  @Test
  void missingJarsShouldBeBuilt() throws IOException {
    assertThat(environment(STARTED.toString())).isEmpty();
  }

  @Test
  void withoutMavenTheLaunchersShouldLook() throws IOException {
    for (String module : List.of("verticles/cli", "hbase-async/embedded", "load-tests")) {
      jar(module, STARTED);
    }

    assertThat(environment("")).isEmpty();
  }

  private void jar(String module, Instant written) throws IOException {
    Path lib = Files.createDirectories(project.resolve(module + "/target/lib"));
    Path jar = Files.writeString(lib.resolve("tributary-x-1.jar"), "");
    Files.setLastModifiedTime(jar, FileTime.from(written));
  }

  private Map<String, String> environment(String started) throws IOException {
    Map<String, String> environment = new HashMap<>();
    Build.look(project, started, environment);
    return environment;
  }
}
