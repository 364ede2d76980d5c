package io.tributary.cli.up;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The launcher script, called from a folder that is not the project's, with every face on a free
 * port.
 */
final class Launcher {
  private static final Path PROJECT = Path.of("..", "..").toAbsolutePath().normalize();
  private static final long COMMAND_SECONDS_MAX = 60;

  private final Path folder;
  private final Map<String, String> environment = new HashMap<>();

  Launcher(Path folder) {
    this.folder = folder;
    environment.put("TRIBUTARY_BUILD", "never");
    for (String face : List.of("SMTP", "HTTP", "GRPC", "OPS")) {
      environment.put("TRIBUTARY_" + face + "_PORT", "0");
    }
  }

  /** The same with one variable changed. */
  Launcher with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** The script itself. */
  static Path script() {
    return PROJECT.resolve("tributary");
  }

  /** What a command came to. */
  record Result(int code, String out, String err) {}

  /** Starts a command whose output goes to a file. */
  Process start(Path output, String... arguments) throws IOException {
    return builder(arguments)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
        .start();
  }

  /** Runs a command to its end. */
  Result run(String... arguments) throws IOException, InterruptedException {
    Path out = Files.createTempFile(folder, "command", ".out");
    Path err = Files.createTempFile(folder, "command", ".err");
    Process process =
        builder(arguments).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    if (!process.waitFor(COMMAND_SECONDS_MAX, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(List.of(arguments) + " did not end");
    }
    Result result = new Result(process.exitValue(), Files.readString(out), Files.readString(err));
    Files.delete(out);
    Files.delete(err);
    return result;
  }

  private ProcessBuilder builder(String... arguments) {
    List<String> line = new ArrayList<>();
    line.add(script().toString());
    line.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile());
    builder.environment().putAll(environment);
    return builder;
  }
}
