package io.tributary.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stops {@code up} before it has begun: one line with the way out, and nothing changed. */
class UpRefusalsIT {
  @TempDir Path temporary;
  private Path data = Path.of("");

  @BeforeEach
  void name() {
    data = temporary.resolve("data");
  }

  @Test
  void takenPort() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      Launcher launcher = new Launcher(temporary).with("TRIBUTARY_GRPC_PORT", port);

      assertThat(refused(launcher)).contains("grpc.port: " + port, "TRIBUTARY_GRPC_PORT");
    }
    assertThat(data).doesNotExist();
  }

  @Test
  void corruptConfiguration() throws Exception {
    Path file =
        Files.writeString(temporary.resolve("c.yaml"), "smtp:\n  recipientsMax: x\nsmpt: 1\n");
    Launcher launcher = new Launcher(temporary).with("TRIBUTARY_RING_TOKENS", "0");

    Launcher.Result result = launcher.run("up", "--config", file.toString());

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err())
        .contains(
            "3 problems",
            "smtp.recipientsMax",
            "c.yaml line 2",
            "did you mean smtp?",
            "ring.tokens");
    assertThat(data).doesNotExist();
  }

  @Test
  void folderOfANewerFormat() throws Exception {
    Files.createDirectories(data);
    Files.writeString(data.resolve("format"), "tributary data 2\n");

    assertThat(refused(new Launcher(temporary))).contains("format 2", "newer version");
    assertThat(names(data)).containsExactly("format");
  }

  @Test
  void folderOfSomebodyElse() throws Exception {
    Files.createDirectories(data);
    Files.writeString(data.resolve("letter"), "dear");

    assertThat(refused(new Launcher(temporary))).contains("not empty", "--data");
    assertThat(names(data)).containsExactly("letter");
  }

  @Test
  void folderThatCannotBeWritten() throws Exception {
    Files.writeString(data, "a file");

    assertThat(refused(new Launcher(temporary))).contains("can't be written", "--data");
    assertThat(data).hasContent("a file");
  }

  @Test
  void diskWithoutRoom() throws Exception {
    // A limit on the size of files has the effect of a disk that is full.
    String limited = "ulimit -f 0; exec \"$0\" up";
    Process process = start("sh", "-c", limited, Launcher.script().toString());
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(said).isEqualTo(1);
    assertThat(said).contains("tributary: the data folder", "can't be written", "--data");
  }

  @Test
  void symbolicLinkShouldLeadToTheProject() throws Exception {
    Path link = Files.createSymbolicLink(temporary.resolve("link"), Launcher.script());
    Process process = start(link.toString(), "--version");
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Files.delete(link);

    assertThat(process.waitFor()).isZero();
    assertThat(said).startsWith("tributary ");
  }

  @Test
  void oldJava() throws Exception {
    Path java = temporary.resolve("jdk/bin/java");
    Files.createDirectories(java.getParent());
    Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"11.0.2\" 2019-01-15' >&2\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    Launcher launcher =
        new Launcher(temporary).with("JAVA_HOME", temporary.resolve("jdk").toString());

    assertThat(refused(launcher)).contains(java + " is version 11.0.2", "JDK 17", "JAVA_HOME");
    launcher.with("JAVA_HOME", temporary.resolve("nowhere").toString());
    assertThat(refused(launcher)).contains("no bin/java in it", "JDK 17");
  }

  private Process start(String... command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(temporary.toFile());
    builder.environment().put("TRIBUTARY_BUILD", "never");
    return builder.redirectErrorStream(true).start();
  }

  private static String refused(Launcher launcher) throws Exception {
    Launcher.Result result = launcher.run("up");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err().lines()).as(result.err()).hasSize(1);
    assertThat(result.err()).startsWith("tributary: ").doesNotContain("Exception");
    return result.err();
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
