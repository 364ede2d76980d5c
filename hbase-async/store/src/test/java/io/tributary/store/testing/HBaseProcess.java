package io.tributary.store.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The embedded HBase as a child process, holding one cell and the directory. It ends with this JVM,
 * whatever happens.
 */
public final class HBaseProcess implements AutoCloseable {

  /** The cell's namespace. */
  public static final String CELL = "c1";

  /** The directory's namespace. */
  public static final String DIRECTORY = "directory";

  public static final String ZNODE_PARENT = "/hbase";

  private static final int CHANGE_SECONDS = 60;
  private static final Duration START_MAX = Duration.ofSeconds(90);
  private static final int LOG_LINES_SHOWN = 60;

  private final Path folder;
  private final String zookeeper;
  private @Nullable Process process;

  /**
   * @param folder for its data and its log
   * @param zookeeper connect string
   */
  public HBaseProcess(Path folder, String zookeeper) {
    this.folder = folder;
    this.zookeeper = zookeeper;
  }

  /** ZooKeeper's connect string. */
  public String zookeeper() {
    return zookeeper;
  }

  /** Starts it, the first time or again, and waits until its tables can be used. */
  public void start() {
    launch();
    awaitReady();
  }

  /** Starts it without waiting. */
  public void launch() {
    try {
      Files.createDirectories(folder);
      Files.deleteIfExists(readyFile());
      process =
          new ProcessBuilder(command())
              .redirectErrorStream(true)
              .redirectOutput(Redirect.appendTo(log().toFile()))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException("HBase was not launched", e);
    }
  }

  /** Waits until its tables can be used. */
  public void awaitReady() {
    Process running = running();
    Await.until(
        START_MAX,
        "HBase ready",
        () -> {
          if (!running.isAlive()) {
            throw new AssertionError("HBase ended with " + running.exitValue() + "\n" + logTail());
          }
          return Files.exists(readyFile());
        });
  }

  /** SIGKILL. */
  public void kill() {
    running().destroyForcibly();
    awaitEnd();
  }

  /** SIGSTOP: it keeps its connections and answers nothing. */
  public void pause() {
    signal("STOP");
  }

  /** SIGCONT. */
  public void resume() {
    signal("CONT");
  }

  /** SIGINT, as Ctrl-C sends to every process of a terminal. */
  public void interrupt() {
    signal("INT");
  }

  /** Whether the process runs. */
  public boolean isAlive() {
    return running().isAlive();
  }

  /** Ends it as its parent's end would, and tells its exit code. */
  public int stop() {
    try {
      running().getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return awaitEnd();
  }

  /** Waits until it has ended, and tells its exit code. */
  public int awaitEnd() {
    try {
      Process ending = running();
      if (!ending.waitFor(START_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("HBase did not end");
      }
      return ending.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** The end of what it said. */
  public String logTail() {
    try {
      List<String> lines = Files.readAllLines(log());
      int from = Math.max(0, lines.size() - LOG_LINES_SHOWN);
      return String.join("\n", lines.subList(from, lines.size()));
    } catch (IOException e) {
      return "no log: " + e;
    }
  }

  /** SIGKILL, if it runs. */
  @Override
  public void close() {
    Process running = process;
    if (running != null) {
      running.destroyForcibly();
      awaitEnd();
    }
  }

  /**
   * Has HBase do something with each region of a table of the cell, while it serves.
   *
   * @param what {@code split} or {@code reopen}
   */
  public void changeRegions(String what, String table) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + lib().resolve("jvm.options"));
    command.addAll(List.of("-cp", lib() + "/*", admin().toString()));
    command.addAll(List.of(what, zookeeper, ZNODE_PARENT, CELL + ":" + table));
    try {
      Process changing =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("admin.log").toFile())
              .start();
      if (!changing.waitFor(CHANGE_SECONDS, TimeUnit.SECONDS) || changing.exitValue() != 0) {
        changing.destroyForcibly();
        throw new AssertionError(what + ": " + Files.readString(folder.resolve("admin.log")));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private List<String> command() {
    Path lib = lib();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + lib.resolve("jvm.options"));
    command.addAll(List.of("-cp", lib + "/*", "io.tributary.embedded.EmbeddedHBaseMain"));
    command.addAll(List.of("--data", folder.resolve("data").toString()));
    command.addAll(List.of("--zookeeper", zookeeper, "--znode", ZNODE_PARENT));
    command.addAll(List.of("--namespace", CELL, "--directory"));
    command.addAll(List.of("--ready-file", readyFile().toString()));
    return command;
  }

  private Process running() {
    Process running = process;
    if (running == null) {
      throw new IllegalStateException("HBase was not started");
    }
    return running;
  }

  private void signal(String name) {
    try {
      String pid = Long.toString(running().pid());
      int exit = new ProcessBuilder("kill", "-" + name, pid).inheritIO().start().waitFor();
      if (exit != 0) {
        throw new AssertionError("kill -" + name + " ended with " + exit);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  Path readyFile() {
    return folder.resolve("ready.json");
  }

  private Path log() {
    return folder.resolve("hbase.log");
  }

  /** Where the build of the embedded HBase leaves its jars, seen from any module. */
  private static Path lib() {
    return above("hbase-async/embedded/target/lib");
  }

  private static Path admin() {
    return above("hbase-async/store/src/test/admin/Regions.java");
  }

  private static Path above(String file) {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.exists(at.resolve(file))) {
        return at.resolve(file);
      }
    }
    throw new AssertionError(
        "no " + file + ": is it built? mvn package -pl hbase-async/embedded -am");
  }
}
