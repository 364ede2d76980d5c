package io.tributary.loadtests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.loadtests.api.Target;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One installation under test: a project folder, a data folder, and a supervisor that is started
 * and killed.
 */
public final class Installation implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> FACES = List.of("smtp", "http", "grpc", "ops");
  private static final Duration READY_MAX = Duration.ofSeconds(120);
  private static final Duration COMMAND_MAX = Duration.ofSeconds(120);

  private final Path project;
  private final Path data;
  private final Path log;
  private final Shape shape;
  private Process supervisor;
  private Map<String, String> ports = Map.of();

  private Installation(Path project, Path data, Shape shape) throws IOException {
    this.project = project;
    this.data = data;
    this.log = data.resolveSibling(data.getFileName() + ".up.log");
    this.shape = shape;
    this.supervisor = launch();
  }

  /**
   * What is started.
   *
   * @param nodes of each cell
   * @param settings variables such as {@code TRIBUTARY_SMTP_PORT}, and their values
   */
  public record Shape(int cells, int nodes, Map<String, String> settings) {
    public Shape {
      settings = Map.copyOf(settings);
    }
  }

  /** Starts {@code tributary up} on free ports and waits until it is ready. */
  public static Installation start(Path project, Path data) throws IOException {
    return start(project, data, new Shape(1, 1, Map.of()));
  }

  /** With cells and nodes, all of which {@link #target} names. */
  public static Installation start(Path project, Path data, Shape shape) throws IOException {
    Installation installation = new Installation(project, data, shape);
    try {
      installation.awaitReady();
      return installation;
    } catch (IOException | RuntimeException late) {
      installation.requestStop(); // nobody else could
      throw late;
    }
  }

  /** Starts it again after {@link #killSupervisor}, on the ports it had. */
  void restart() throws IOException {
    supervisor = launch();
    awaitReady();
  }

  private Process launch() throws IOException {
    List<String> up =
        List.of(
            "up",
            "--data",
            data.toString(),
            "--cells",
            Integer.toString(shape.cells()),
            "--nodes",
            Integer.toString(shape.nodes()));
    ProcessBuilder builder = command(project, up);
    builder.environment().putAll(shape.settings());
    builder.environment().putAll(ports);
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    return builder.start();
  }

  private static ProcessBuilder command(Path project, List<String> arguments) throws IOException {
    return script(project, "tributary", arguments);
  }

  private static ProcessBuilder script(Path project, String name, List<String> arguments)
      throws IOException {
    List<String> line = new ArrayList<>();
    line.add(project.resolve(name).toString());
    line.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(line).directory(project.toFile());
    Map<String, String> environment = builder.environment();
    for (String face : FACES) {
      environment.put(portVariable(face), "0");
    }
    Build.look(project, System.getProperty("build.started", ""), environment);
    return builder;
  }

  private static String portVariable(String face) {
    return "TRIBUTARY_" + face.toUpperCase(Locale.ROOT) + "_PORT";
  }

  private void awaitReady() throws IOException {
    Await.until(READY_MAX, () -> Files.exists(readyFile()) || !supervisor.isAlive());
    if (!supervisor.isAlive()) {
      throw new IOException(
          "up ended with " + supervisor.exitValue() + ":\n" + Files.readString(log));
    }
  }

  private Path readyFile() {
    return data.resolve("run/ready.json");
  }

  /** What the outside knows of it; the same after a restart. */
  public Target target() {
    return Target.read(readyFile());
  }

  private Map<String, String> portsNow() throws IOException {
    JsonNode ready = JSON.readTree(readyFile().toFile());
    Map<String, String> variables = new HashMap<>();
    for (String face : FACES) {
      variables.put(portVariable(face), ready.path(face).asText().replaceFirst("^.*:", ""));
    }
    return variables;
  }

  /** The process that {@code run/<name>.pid} names. */
  public ProcessHandle child(String name) throws IOException {
    long pid = Long.parseLong(Files.readString(data.resolve("run/" + name + ".pid")).strip());
    return ProcessHandle.of(pid)
        .orElseThrow(() -> new IOException(name + " (pid " + pid + ") is not running"));
  }

  /** SIGKILL, as it happens at night. */
  public void kill(String name) throws IOException {
    child(name).destroyForcibly();
  }

  /** A file in its data folder, such as {@code log/node-1.log}. */
  public Path file(String name) {
    return data.resolve(name);
  }

  /** Starts one of its commands, which goes on by itself; what it says goes to a file. */
  public Process spawn(Path output, String... arguments) throws IOException {
    return command(project, List.of(arguments))
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }

  /** SIGKILL of the supervisor; its children must end by themselves. */
  void killSupervisor(List<String> children) throws IOException {
    ports = portsNow();
    List<ProcessHandle> handles = new ArrayList<>();
    for (String child : children) {
      handles.add(child(child));
    }
    supervisor.destroyForcibly();
    Await.until(
        Duration.ofSeconds(30),
        () -> !supervisor.isAlive() && handles.stream().noneMatch(ProcessHandle::isAlive));
    Files.deleteIfExists(readyFile());
  }

  /** Runs one command and returns its standard output; fails unless it exits with 0. */
  public String run(String... arguments) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of(arguments));
    line.addAll(List.of("--data", data.toString()));
    Ended ended = await(command(project, line));
    if (ended.code() != 0) {
      throw new IOException(String.join(" ", line) + " failed:\n" + ended.output());
    }
    return ended.output();
  }

  /** Runs {@code load-tests/gatling} against this installation. */
  Ended gatling(String... arguments) throws IOException, InterruptedException {
    return against("load-tests/gatling", arguments);
  }

  /** Runs {@code load-tests/bench} against this installation. */
  Ended bench(String... arguments) throws IOException, InterruptedException {
    return against("load-tests/bench", arguments);
  }

  private Ended against(String script, String... arguments)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of(arguments));
    line.addAll(List.of("--against", readyFile().toString()));
    return await(script(project, script, line));
  }

  /** A command that has ended, and all that it said. */
  record Ended(int code, String output) {}

  private static Ended await(ProcessBuilder command) throws IOException, InterruptedException {
    File output = Files.createTempFile("tributary", ".out").toFile();
    Process process = command.redirectErrorStream(true).redirectOutput(output).start();
    if (!process.waitFor(COMMAND_MAX.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException(command.command() + " does not end");
    }
    String text = Files.readString(output.toPath());
    Files.delete(output.toPath());
    return new Ended(process.exitValue(), text);
  }

  /** Asks it to end, and does not wait. */
  public void requestStop() {
    supervisor.destroy();
  }

  /** Ends it in order. */
  @Override
  public void close() throws InterruptedException {
    supervisor.destroy();
    if (!supervisor.waitFor(40, TimeUnit.SECONDS)) {
      supervisor.destroyForcibly();
    }
  }
}
