package io.tributary.cli.up;

import io.tributary.cli.data.DataFolder;
import io.tributary.cli.shell.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Children of a supervisor that was killed end by themselves, but that takes some seconds, and
 * until then they hold the data. A start right after waits for them.
 */
final class Leftovers {
  private static final Duration WAIT_MAX = Duration.ofSeconds(20);
  private static final String PID = ".pid";

  private final DataFolder folder;
  private final Announcer announcer;

  Leftovers(DataFolder folder, Announcer announcer) {
    this.folder = folder;
    this.announcer = announcer;
  }

  /** Returns when none is left; kills those that don't end in time. */
  void awaitEnd() {
    for (Path file : pidFiles()) {
      String name = file.getFileName().toString().replace(PID, "");
      ours(file).ifPresent(process -> awaitEnd(name, process));
    }
  }

  private List<Path> pidFiles() {
    if (!Files.isDirectory(folder.run())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder.run())) {
      return files.filter(file -> file.toString().endsWith(PID)).sorted().toList();
    } catch (IOException unreadable) {
      throw new Failure("can't read " + folder.run() + ": " + unreadable.getMessage(), unreadable);
    }
  }

  private void awaitEnd(String name, ProcessHandle process) {
    announcer.say("  waiting for an earlier " + name + " (process " + process.pid() + ") to end");
    if (!ends(process, WAIT_MAX)) {
      boolean asked = process.destroyForcibly();
      if (!asked || !ends(process, WAIT_MAX)) {
        throw new Failure(
            "an earlier %s still runs as process %d and can't be ended: end it, then start again"
                .formatted(name, process.pid()));
      }
    }
  }

  private static boolean ends(ProcessHandle process, Duration atMost) {
    try {
      process.onExit().get(atMost.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException stillRuns) {
      return false;
    } catch (ExecutionException impossible) {
      throw new IllegalStateException("waiting for a process", impossible);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new Failure("interrupted");
    }
  }

  /**
   * The process that the file names, if it is alive and not a stranger with a number used again.
   */
  private Optional<ProcessHandle> ours(Path pidFile) {
    try {
      String pid = Files.readString(pidFile).strip();
      return pid.matches("\\d{1,18}")
          ? ProcessHandle.of(Long.parseLong(pid)).filter(this::concernsFolder)
          : Optional.empty();
    } catch (NoSuchFileException ended) {
      return Optional.empty();
    } catch (IOException unreadable) {
      throw new Failure("can't read " + pidFile + ": " + unreadable.getMessage(), unreadable);
    }
  }

  private boolean concernsFolder(ProcessHandle process) {
    return process
        .info()
        .commandLine()
        .filter(line -> line.contains(folder.root() + "/"))
        .isPresent();
  }
}
