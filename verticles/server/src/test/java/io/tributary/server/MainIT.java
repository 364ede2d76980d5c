package io.tributary.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.server.testing.RawSmtp;
import io.tributary.store.testing.Await;
import io.tributary.store.testing.HBaseProcess;
import io.tributary.store.testing.SharedHBase;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The node as a process: how it begins and how it ends. */
@ExtendWith(SharedHBase.class)
class MainIT {
  private static final Duration START_MAX = Duration.ofSeconds(90);

  private final HBaseProcess hbase;
  private final Path folder;
  private final List<Process> started = new ArrayList<>();

  MainIT(HBaseProcess hbase, @TempDir Path folder) {
    this.hbase = hbase;
    this.folder = folder;
  }

  @AfterEach
  void killWhatIsLeft() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void aChildShouldEndInOrderWithItsInputAndLeaveInterruptsToItsParent() throws Exception {
    Process node = start("--config", config(0), "--child");
    JsonObject faces = awaitFaces(node);
    signal(node, "INT");
    int smtp = Integer.parseInt(faces.getString("smtp").split(":")[1]);

    try (RawSmtp idle = RawSmtp.greeted(smtp)) {
      assertThat(node.isAlive()).isTrue();
      node.getOutputStream().close();

      assertThat(idle.reply()).startsWith("421");
      assertThat(idle.reply()).isEmpty();
    }
    assertThat(exitCode(node)).as(log()).isZero();
    assertThat(folder.resolve("faces.json")).doesNotExist();
    assertThat(log()).contains("event=node.started", "event=node.stopped");

    Process again = start("--config", config(0), "--child");
    awaitFaces(again);
    signal(again, "TERM");
    assertThat(exitCode(again)).as(log()).isZero();
  }

  @Test
  void aTakenPortShouldEndItWithOneLineThatNamesTheKey() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Process node = start("--config", config(taken.getLocalPort()), "--child");

      assertThat(exitCode(node)).as(log()).isEqualTo(1);
      assertThat(log().lines().filter(line -> line.startsWith("tributary: ")))
          .singleElement()
          .asString()
          .contains("smtp.port", ":" + taken.getLocalPort(), "TRIBUTARY_SMTP_PORT");
    }
  }

  @Test
  void aWrongConfigurationShouldBeToldWhole() throws Exception {
    Path file = folder.resolve("wrong.yaml");
    Files.writeString(file, "smtp:\n  port: 99999\n  prot: 25\n");

    Process node = start("--config", file.toString());

    assertThat(exitCode(node)).isEqualTo(1);
    assertThat(log()).contains("tributary: smtp.port: \"99999\"", "tributary: smtp.prot");
  }

  @Test
  void anOddCellNameShouldBeRefusedBeforeAnythingIsAsked() throws Exception {
    Process node = start("--config", config(0), "--cell", "../c1");

    assertThat(exitCode(node)).isEqualTo(1);
    assertThat(log().lines().filter(line -> line.startsWith("tributary: ")))
        .singleElement()
        .asString()
        .contains("node.cell", "\"../c1\"", "1 to 32 of a-z");
    assertThat(log()).doesNotContain("event=");
  }

  @Test
  void wrongArgumentsShouldBeAnsweredWithTheRightOnes() throws Exception {
    assertThat(exitCode(start("--port", "25"))).isEqualTo(2);
    assertThat(log()).contains("usage: ", "--config FILE");
  }

  private Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.add("-Dlogback.configurationFile=logback.xml");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("io.tributary.server.Main");
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()))
            .start();
    started.add(process);
    return process;
  }

  private String config(int smtpPort) throws IOException {
    Path file = folder.resolve("node.yaml");
    Files.writeString(
        file,
        """
        node: {id: main, facesFile: faces.json}
        smtp: {port: %d}
        http: {port: 0}
        grpc: {port: 0}
        ops: {port: 0}
        zookeeper: {connect: "%s", sessionTimeoutMillis: 4000}
        hbase: {zookeeper: "%s", namespace: %s}
        directory: {namespace: %s}
        """
            .formatted(
                smtpPort,
                hbase.zookeeper(),
                hbase.zookeeper(),
                HBaseProcess.CELL,
                HBaseProcess.DIRECTORY));
    return file.toString();
  }

  private JsonObject awaitFaces(Process node) {
    Path file = folder.resolve("faces.json");
    Await.until(START_MAX, "node started", () -> Files.exists(file) || !node.isAlive());
    return Optional.of(file)
        .filter(Files::exists)
        .map(MainIT::read)
        .map(JsonObject::new)
        .orElseThrow(() -> new AssertionError(log()));
  }

  private int exitCode(Process node) throws InterruptedException {
    assertThat(node.waitFor(START_MAX.toSeconds(), TimeUnit.SECONDS)).as(log()).isTrue();
    return node.exitValue();
  }

  private static void signal(Process node, String name) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(node.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }

  private Path logFile() {
    return folder.resolve("node.log");
  }

  private String log() {
    return read(logFile());
  }

  private static String read(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
