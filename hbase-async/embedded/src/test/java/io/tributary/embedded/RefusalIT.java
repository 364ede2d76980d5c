package io.tributary.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged child, started where it can't run: one line, an exit code, nothing changed. */
class RefusalIT {

  private static final Path LIB = Path.of("target/lib").toAbsolutePath();
  private static final long ANSWER_SECONDS = 60;

  @TempDir private Path folder;
  private Path data;

  @BeforeEach
  void choose() {
    data = folder.resolve("data");
  }

  @Test
  void wrongArgumentShouldBeNamed() throws Exception {
    assertThat(run("--data", data.toString(), "--colour", "blue"))
        .isEqualTo(refusal(2, "unknown argument --colour. " + Arguments.USAGE));
    assertThat(data).doesNotExist();
  }

  @Test
  void dataFolderThatIsAFileShouldBeNamed() throws Exception {
    Files.writeString(data, "mine");

    assertThat(start())
        .isEqualTo(
            refusal(
                1,
                "the data folder %s can't be written (FileAlreadyExistsException): make it writable, or choose another folder with --data"
                    .formatted(data)));
    assertThat(data).hasContent("mine");
  }

  @Test
  void fullDiskShouldBeNamed() throws Exception {
    Refusal refusal = start("--free-mib", "999999999");

    assertThat(refusal.exitCode()).isEqualTo(1);
    assertThat(refusal.line())
        .contains("the disk of the data folder " + data + " is full")
        .contains("999999999 MiB are needed");
  }

  @Test
  void dataFolderInUseShouldBeNamed() throws Exception {
    Files.createDirectories(data);
    try (FileChannel other =
            FileChannel.open(
                data.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = other.lock()) {
      assertThat(lock.isValid()).isTrue();
      assertThat(start().line()).contains(data + " is in use by another HBase");
    }
  }

  @Test
  void missingFilesShouldBeNamed() throws Exception {
    Files.createDirectories(data.resolve("root"));
    assertThat(start().line()).contains("has HBase files but no id: restore it from a backup");

    Files.writeString(data.resolve("id"), "not an id");
    assertThat(start().line()).contains(data.resolve("id") + " is damaged");

    Files.writeString(data.resolve("id"), UUID.randomUUID().toString());
    Files.writeString(data.resolve("complete"), "");
    assertThat(start().line()).contains("is damaged (root/hbase.version is missing)");
  }

  @Test
  void heapTooSmallForTheLogsShouldBeNamed() throws Exception {
    assertThat(start("--namespace", "second").line())
        .contains("too small for the logs of 2 cells: start with at least -Xmx1081m");
  }

  @Test
  void silentZooKeeperShouldBeNamed() throws Exception {
    Refusal refusal = start("--wait-seconds", "1");

    assertThat(refusal.exitCode()).isEqualTo(1);
    assertThat(refusal.line())
        .contains("ZooKeeper at 127.0.0.1:")
        .contains("(no answer within 1 s): start it, or name another with --zookeeper");
  }

  /** What a child that refused left behind. */
  private record Refusal(int exitCode, String line) {}

  private static Refusal refusal(int exitCode, String line) {
    return new Refusal(exitCode, "embedded HBase: " + line);
  }

  private Refusal start(String... more) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("--data", data.toString()));
    arguments.addAll(List.of("--zookeeper", "127.0.0.1:" + closedPort(), "--namespace", "first"));
    arguments.addAll(List.of(more));
    return run(arguments.toArray(String[]::new));
  }

  /** Nobody listens there now. */
  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private Refusal run(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("@" + LIB.resolve("jvm.options"), "-cp", LIB + "/*"));
    command.add(EmbeddedHBaseMain.class.getName());
    command.addAll(List.of(arguments));
    Path errors = folder.resolve("errors");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(errors.toFile())
            .start();
    try {
      assertThat(process.waitFor(ANSWER_SECONDS, TimeUnit.SECONDS)).isTrue();
      List<String> lines = Files.readAllLines(errors);
      assertThat(lines).hasSize(1);
      return new Refusal(process.exitValue(), lines.get(0));
    } finally {
      process.destroyForcibly();
    }
  }
}
