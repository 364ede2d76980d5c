package io.tributary.server.testing;

import io.tributary.store.testing.Await;
import io.tributary.store.testing.HBaseProcess;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A node as a process of its own, which can be stopped like any process. */
public final class NodeProcess implements AutoCloseable {
  private static final Duration START_MAX = Duration.ofSeconds(60);

  private final Process process;
  private final Path folder;
  private final Vertx vertx = Vertx.vertx();

  private NodeProcess(Process process, Path folder) {
    this.process = process;
    this.folder = folder;
  }

  /**
   * Starts one and doesn't wait for it.
   *
   * @param folder for its files
   */
  public static NodeProcess start(HBaseProcess hbase, Path folder, String id) throws IOException {
    return start(hbase, folder, id, System.getProperty("java.class.path"));
  }

  /** The same of another version of the program: its classes stand before today's. */
  public static NodeProcess start(HBaseProcess hbase, Path folder, String id, Path version)
      throws IOException {
    return start(
        hbase,
        folder,
        id,
        version + System.getProperty("path.separator") + System.getProperty("java.class.path"));
  }

  private static NodeProcess start(HBaseProcess hbase, Path folder, String id, String classPath)
      throws IOException {
    Path config = folder.resolve("node.yaml");
    Files.writeString(
        config,
        """
        node: {id: %s, facesFile: faces.json}
        smtp: {port: 0}
        http: {port: 0}
        grpc: {port: 0}
        ops: {port: 0}
        zookeeper: {connect: "%s", sessionTimeoutMillis: 4000}
        hbase: {zookeeper: "%s", namespace: %s}
        directory: {namespace: %s}
        """
            .formatted(
                id,
                hbase.zookeeper(),
                hbase.zookeeper(),
                HBaseProcess.CELL,
                HBaseProcess.DIRECTORY));
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Dlogback.configurationFile=logback.xml",
            "-cp",
            classPath,
            "io.tributary.server.Main",
            "--config",
            config.toString());
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("node.log").toFile())
            .start();
    return new NodeProcess(process, folder);
  }

  /** Waits until it serves. */
  public NodeProcess awaitFaces() {
    Path file = folder.resolve("faces.json");
    Await.until(START_MAX, "node started", () -> Files.exists(file) || !process.isAlive());
    if (!Files.exists(file)) {
      throw new AssertionError(log());
    }
    return this;
  }

  public int port(String face) {
    String[] at = new JsonObject(read(folder.resolve("faces.json"))).getString(face).split(":");
    return Integer.parseInt(at[at.length - 1]);
  }

  public GrpcCaller grpc() {
    return new GrpcCaller(vertx, port("grpc"));
  }

  public RawSmtp smtp() throws IOException {
    return RawSmtp.greeted(port("smtp"));
  }

  /**
   * Sends it a signal.
   *
   * @param name without SIG
   */
  public void signal(String name) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    if (kill.waitFor() != 0) {
      throw new AssertionError("no such process");
    }
  }

  public int exitCode() throws InterruptedException {
    if (!process.waitFor(START_MAX.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("it still runs: " + log());
    }
    return process.exitValue();
  }

  public String log() {
    return read(folder.resolve("node.log"));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    vertx.close().await();
  }
}
