package io.tributary.cli.up;

import io.tributary.cli.data.DataFolder;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A running process of ours. Its standard input is a pipe whose other end only this process holds:
 * when the pipe ends, by {@link #endInput} or because this process died, the child ends too. What
 * it says goes to its log, without passing through this process.
 */
final class Child {
  private static final int TAIL_BYTES = 16_384;

  private final Process process;
  private final Path pidFile;
  private final Path log;
  private final long logStart;

  private Child(Process process, Path pidFile, Path log, long logStart) {
    this.process = process;
    this.pidFile = pidFile;
    this.log = log;
    this.logStart = logStart;
  }

  /**
   * Starts it.
   *
   * @param ended run, on any thread, when the process has ended
   */
  static Child start(Service service, DataFolder folder, Runnable ended) throws IOException {
    Path log = folder.logFile(service.name());
    ProcessBuilder builder =
        service
            .recipe()
            .command()
            .redirectInput(ProcessBuilder.Redirect.PIPE)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    long logStart = Files.exists(log) ? Files.size(log) : 0;
    Process process = builder.start();
    Child child = new Child(process, folder.pidFile(service.name()), log, logStart);
    Files.writeString(child.pidFile, process.pid() + "\n");
    process.onExit().thenRun(ended);
    return child;
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  int exitValue() {
    return process.exitValue();
  }

  /** Asks it to end, by the end of its standard input. */
  void endInput() {
    try {
      process.getOutputStream().close();
    } catch (IOException gone) {
      // It ended first.
    }
  }

  /** Waits for its end; false if it still runs after that time. */
  boolean awaitEnd(Duration atMost) throws InterruptedException {
    return process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** SIGKILL. */
  void kill() {
    process.destroyForcibly();
  }

  /** Takes away what says that it runs. */
  void forget() {
    try {
      Files.deleteIfExists(pidFile);
    } catch (IOException unimportant) {
      // The next start overwrites it.
    }
  }

  /** The last line that this very process wrote, or what can be said without. */
  String lastWords() {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      long from = Math.max(Math.min(logStart, file.length()), file.length() - TAIL_BYTES);
      byte[] tail = new byte[(int) (file.length() - from)];
      file.seek(from);
      file.readFully(tail);
      return lastLine(new String(tail, StandardCharsets.UTF_8));
    } catch (IOException unreadable) {
      return "its log can't be read";
    }
  }

  /** What it told people, in a line that begins with its name; else the last that is no trace. */
  private static String lastLine(String text) {
    List<String> lines =
        text.lines()
            .filter(line -> !line.isBlank() && !line.matches("\\s+(at|\\.\\.\\.) .*|Caused by: .*"))
            .toList();
    return last(lines.stream()
            .filter(line -> line.matches("(tributary|zookeeper|embedded HBase): .*")))
        .or(() -> last(lines.stream()))
        .map(String::strip)
        .orElse("it said nothing");
  }

  private static Optional<String> last(Stream<String> lines) {
    return lines.reduce((earlier, later) -> later);
  }

  Path log() {
    return log;
  }
}
