package io.tributary.embedded;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hbase.client.Admin;
import org.apache.hadoop.hbase.client.Connection;
import org.apache.hadoop.hbase.client.ConnectionFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs HBase on a local folder until its parent ends it.
 *
 * <p>Exit codes: 0 ended as asked, 1 could not start, 2 wrong arguments, 3 gave up after it had
 * been ready (start it again).
 */
public final class EmbeddedHBaseMain {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedHBaseMain.class);

  private static final int OK = 0;
  private static final int NOT_STARTED = 1;
  private static final int USAGE = 2;
  private static final int GAVE_UP = 3;

  private static final Duration START_AT_MOST = Duration.ofSeconds(120);
  private static final Duration STOP_AT_MOST = Duration.ofSeconds(5);
  private static final Duration GLANCE = Duration.ofMillis(20);
  private static final Duration WATCH = Duration.ofMillis(500);

  private final Arguments arguments;
  private final long startNanos = System.nanoTime();

  private EmbeddedHBaseMain(Arguments arguments) {
    this.arguments = arguments;
  }

  /** Arguments: {@link Arguments#USAGE}. */
  public static void main(String[] args) {
    halt(exitCode(args));
  }

  private static int exitCode(String... args) {
    try {
      return new EmbeddedHBaseMain(Arguments.parse(args)).run();
    } catch (UsageException e) {
      return say(USAGE, e.getMessage());
    } catch (StartupFailure e) {
      if (e.getCause() != null) {
        LOG.warn("event=hbase.not_started", e);
      }
      return say(NOT_STARTED, e.getMessage());
    } catch (InterruptedException e) {
      return say(NOT_STARTED, "interrupted");
    }
  }

  private int run() throws InterruptedException {
    Ending.listen();
    ReadyFile ready = new ReadyFile(arguments.readyFile());
    try (DataFolder folder = DataFolder.open(arguments.data(), arguments.limits().freeMib())) {
      ready.remove();
      Settings.checkMemory(arguments.cells().size(), heapBytes());
      ZnodeParent.claim(arguments, folder);
      Optional<LocalHBase> hbase = start(folder);
      if (hbase.isEmpty()) {
        return OK;
      }
      ready.write(arguments);
      LOG.info("event=hbase.ready start_ms={}", (System.nanoTime() - startNanos) / 1_000_000);
      return end(hbase.get(), ready);
    }
  }

  /** Empty if the end was asked for meanwhile. */
  private Optional<LocalHBase> start(DataFolder folder) throws InterruptedException {
    Configuration conf = Settings.of(arguments, folder);
    try {
      LocalHBase hbase = LocalHBase.start(conf);
      if (!isInitialised(hbase)) {
        return Optional.empty();
      }
      try (Connection connection = ConnectionFactory.createConnection(conf);
          Admin admin = connection.getAdmin()) {
        return prepare(new Tables(admin), folder) ? Optional.of(hbase) : Optional.empty();
      }
    } catch (IOException | RuntimeException | LinkageError e) {
      throw e instanceof StartupFailure known ? known : notUsable(e.toString(), e);
    }
  }

  private boolean prepare(Tables tables, DataFolder folder)
      throws IOException, InterruptedException {
    List<Schema.Table> wanted = Schema.tables(arguments.cells(), arguments.directory());
    tables.create(wanted);
    while (!tables.areAvailable(wanted)) {
      if (endsWhileStarting()) {
        return false;
      }
    }
    folder.complete();
    return true;
  }

  private boolean isInitialised(LocalHBase hbase) throws InterruptedException {
    while (!hbase.isInitialised()) {
      if (endsWhileStarting()) {
        return false;
      }
    }
    return true;
  }

  /** A short wait, at the end of which all is well, or the end was asked for, or an exception. */
  private boolean endsWhileStarting() throws InterruptedException {
    Optional<Ending> ending = Ending.await(GLANCE);
    if (ending.isPresent() && ending.get() instanceof Ending.Aborted aborted) {
      throw aborted.isDiskFull() ? diskFull() : notUsable(aborted.line(), aborted.cause());
    }
    if (System.nanoTime() - startNanos > START_AT_MOST.toNanos()) {
      throw notUsable("not up after %d s".formatted(START_AT_MOST.toSeconds()), null);
    }
    return ending.isPresent();
  }

  private int end(LocalHBase hbase, ReadyFile ready) throws InterruptedException {
    Ending ending = awaitEnding(hbase);
    ready.remove();
    if (ending instanceof Ending.Aborted aborted) {
      return say(GAVE_UP, aborted.isDiskFull() ? diskFull().getMessage() : aborted.line());
    }
    hbase.stop(STOP_AT_MOST);
    LOG.info("event=hbase.stopped");
    return OK;
  }

  private static Ending awaitEnding(LocalHBase hbase) throws InterruptedException {
    Optional<Ending> ending = Optional.empty();
    while (ending.isEmpty()) {
      ending = Ending.await(WATCH);
      if (ending.isEmpty() && hbase.isOver()) {
        Ending.note(new Ending.Aborted("HBase", "a server ended by itself", null));
      }
    }
    return ending.get();
  }

  private StartupFailure diskFull() {
    return new StartupFailure(
        "the disk of the data folder %s is full: free some room and start again"
            .formatted(arguments.data()));
  }

  private StartupFailure notUsable(String reason, @Nullable Throwable cause) {
    String message =
        "HBase can't start on %s (%s): its log says more; if files are damaged restore the folder from a backup, or choose another with --data"
            .formatted(arguments.data(), reason);
    return cause == null ? new StartupFailure(message) : new StartupFailure(message, cause);
  }

  private static long heapBytes() {
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getMax();
  }

  private static int say(int code, @Nullable String line) {
    System.err.println("embedded HBase: " + line);
    return code;
  }

  /** Not exit: HBase's and Hadoop's shutdown hooks may wait for what will never come. */
  private static void halt(int code) {
    System.out.flush();
    System.err.flush();
    Runtime.getRuntime().halt(code);
  }
}
