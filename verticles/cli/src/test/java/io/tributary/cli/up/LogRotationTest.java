package io.tributary.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogRotationTest {
  @TempDir Path folder;

  @Test
  void writerShouldGoOnInTheEmptiedLog() throws IOException {
    Path log = folder.resolve("node-1.log");
    LogRotation rotation = new LogRotation(List.of(log, folder.resolve("none.log")), 10);
    try (OutputStream out =
        Files.newOutputStream(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (int round = 0; round < 6; round++) {
        out.write(("round " + round + " is over\n").getBytes(StandardCharsets.UTF_8));
        rotation.glance();
        out.write("rest\n".getBytes(StandardCharsets.UTF_8));
      }
    }

    assertThat(log).hasContent("rest\n");
    assertThat(folder.resolve("node-1.log.1")).hasContent("rest\nround 5 is over\n");
    assertThat(folder.resolve("node-1.log.3")).hasContent("rest\nround 3 is over\n");
    assertThat(folder.toFile().list()).hasSize(4);
  }

  @Test
  void smallLogShouldBeLeftAlone() throws IOException {
    Path log = Files.writeString(folder.resolve("a.log"), "0123456789");

    new LogRotation(List.of(log), 10).glance();

    assertThat(log).hasContent("0123456789");
  }
}
