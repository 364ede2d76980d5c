package io.tributary.discovery.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The embedded ZooKeeper as its parent sees it: a real process. */
final class ZooKeeperChild implements AutoCloseable {
  private static final Pattern CONNECT = Pattern.compile("\"connect\":\"(127\\.0\\.0\\.1:\\d+)\"");
  private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final Process process;
  private final Path readyFile;
  private final Path errors;

  private ZooKeeperChild(Process process, Path readyFile, Path errors) {
    this.process = process;
    this.readyFile = readyFile;
    this.errors = errors;
  }

  static ZooKeeperChild start(Path folder, String... more) throws IOException {
    Path readyFile = Files.createTempFile("zookeeper", ".ready");
    Files.delete(readyFile);
    Path errors = Files.createTempFile("zookeeper", ".err");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                EmbeddedZooKeeperMain.class.getName(),
                "--data",
                folder.toString(),
                "--ready-file",
                readyFile.toString()));
    command.addAll(List.of(more));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(errors.toFile())
            .start();
    return new ZooKeeperChild(process, readyFile, errors);
  }

  /** {@code host:port}, once it serves. */
  String awaitReady() throws IOException {
    long deadline = System.nanoTime() + WAIT_NANOS;
    while (!Files.exists(readyFile)) {
      assertThat(process.isAlive()).as("ended early: %s", errors()).isTrue();
      assertThat(System.nanoTime()).as("not ready in time").isLessThan(deadline);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    Matcher connect = CONNECT.matcher(Files.readString(readyFile));
    assertThat(connect.find()).as(Files.readString(readyFile)).isTrue();
    return connect.group(1);
  }

  int awaitExit() throws InterruptedException {
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("still runs").isTrue();
    return process.exitValue();
  }

  boolean runs() {
    return process.isAlive();
  }

  boolean isReady() {
    return Files.exists(readyFile);
  }

  void signal(String name) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + name, "" + process.pid()).start();
    assertThat(kill.waitFor()).isZero();
  }

  OutputStream standardInput() {
    return process.getOutputStream();
  }

  String errors() throws IOException {
    return Files.readString(errors);
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor(10, TimeUnit.SECONDS);
  }
}
