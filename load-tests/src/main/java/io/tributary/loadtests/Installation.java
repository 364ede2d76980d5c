package io.tributary.loadtests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One installation under test: a project folder, a data folder, and a supervisor that is started
 * and killed.
 */
final class Installation implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration READY_MAX = Duration.ofSeconds(120);
  private static final Duration COMMAND_MAX = Duration.ofSeconds(120);

  private final Path project;
  private final Path data;
  private final Path log;
  private Process supervisor;

  private Installation(Path project, Path data, Path log, Process supervisor) {
    this.project = project;
    this.data = data;
    this.log = log;
    this.supervisor = supervisor;
  }

  /** Starts {@code tributary up} on free ports and waits until it is ready. */
  static Installation start(Path project, Path data) throws IOException {
    Path log = data.resolveSibling(data.getFileName() + ".up.log");
    Installation installation = new Installation(project, data, log, launch(project, data, log));
    installation.awaitReady();
    return installation;
  }

  /** Starts it again after {@link #killSupervisor}. */
  void restart() throws IOException {
    supervisor = launch(project, data, log);
    awaitReady();
  }

  private static Process launch(Path project, Path data, Path log) throws IOException {
    ProcessBuilder builder = command(project, List.of("up", "--data", data.toString()));
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
    for (String face : List.of("SMTP", "HTTP", "GRPC", "OPS")) {
      environment.put("TRIBUTARY_" + face + "_PORT", "0");
    }
    Build.look(project, System.getProperty("build.started", ""), environment);
    return builder;
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

  JsonNode ready() throws IOException {
    return JSON.readTree(readyFile().toFile());
  }

  InetSocketAddress smtp() throws IOException {
    String[] hostPort = ready().get("smtp").asText().split(":");
    return new InetSocketAddress(hostPort[0], Integer.parseInt(hostPort[1]));
  }

  /** The process that {@code run/<name>.pid} names. */
  ProcessHandle child(String name) throws IOException {
    long pid = Long.parseLong(Files.readString(data.resolve("run/" + name + ".pid")).strip());
    return ProcessHandle.of(pid)
        .orElseThrow(() -> new IOException(name + " (pid " + pid + ") is not running"));
  }

  /** SIGKILL, as it happens at night. */
  void kill(String name) throws IOException {
    child(name).destroyForcibly();
  }

  /** SIGKILL of the supervisor; its children must end by themselves. */
  void killSupervisor(List<String> children) throws IOException {
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
  String run(String... arguments) throws IOException, InterruptedException {
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
    List<String> line = new ArrayList<>(List.of(arguments));
    line.addAll(List.of("--against", readyFile().toString()));
    return await(script(project, "load-tests/gatling", line));
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

  /** Ends it in order. */
  @Override
  public void close() throws InterruptedException {
    supervisor.destroy();
    if (!supervisor.waitFor(40, TimeUnit.SECONDS)) {
      supervisor.destroyForcibly();
    }
  }
}
