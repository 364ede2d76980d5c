package io.tributary.embedded;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hbase.client.Admin;
import org.apache.hadoop.hbase.client.Connection;
import org.apache.hadoop.hbase.client.ConnectionFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs HBase on a local folder until its parent ends it. Exit codes: {@link Ending}. */
public final class EmbeddedHBaseMain {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedHBaseMain.class);

  private static final Duration START_AT_MOST = Duration.ofSeconds(90);
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
    Ending.halt(exitCode(args));
  }

  private static int exitCode(String... args) {
    try {
      return new EmbeddedHBaseMain(Arguments.parse(args)).run();
    } catch (UsageException e) {
      return Ending.say(Ending.USAGE, e.getMessage());
    } catch (StartupFailure e) {
      return Ending.say(Ending.NOT_STARTED, e.getMessage());
    } catch (InterruptedException e) {
      return Ending.say(Ending.GAVE_UP, "interrupted");
    }
  }

  private int run() throws InterruptedException {
    Ending.listen(arguments.data().toString());
    ReadyFile ready = new ReadyFile(arguments.readyFile());
    try (DataFolder folder = DataFolder.open(arguments.data(), arguments.limits().freeMib())) {
      ready.remove();
      Settings.checkMemory(arguments.cells().size(), heapBytes());
      ZnodeParent.claim(arguments, folder);
      LocalHBase hbase = start(folder);
      Ending.servingBegins();
      ready.write(arguments);
      LOG.info("event=hbase.ready start_ms={}", (System.nanoTime() - startNanos) / 1_000_000);
      serve(hbase);
      ready.remove();
      hbase.stop(STOP_AT_MOST);
      LOG.info("event=hbase.stopped");
      return Ending.OK;
    }
  }

  private LocalHBase start(DataFolder folder) throws InterruptedException {
    Ending.unlessServingWithin(START_AT_MOST);
    try {
      Configuration conf = Settings.of(arguments, folder);
      LocalHBase hbase = LocalHBase.start(conf);
      await(hbase::isInitialised);
      makeTables(conf);
      folder.complete();
      return hbase;
    } catch (IOException | RuntimeException | LinkageError e) {
      LOG.error("event=hbase.not_started", e);
      Ending.giveUp("starting failed", e);
      throw new IllegalStateException("the process has ended", e);
    }
  }

  private void makeTables(Configuration conf) throws IOException, InterruptedException {
    try (Connection connection = ConnectionFactory.createConnection(conf);
        Admin admin = connection.getAdmin()) {
      Tables tables = new Tables(admin);
      List<Schema.Table> wanted = Schema.tables(arguments.cells(), arguments.directory());
      tables.create(wanted);
      await(() -> tables.areAvailable(wanted));
    }
  }

  /** A state of HBase that can be looked at. */
  private interface Condition {
    boolean holds() throws IOException;
  }

  /** Until it holds; {@link Ending} counts the time. */
  private static void await(Condition condition) throws IOException {
    boolean asked = false;
    while (!asked && !condition.holds()) {
      asked = Ending.isAsked(GLANCE);
    }
  }

  /** Until somebody asks for the end; a server that gives up ends the process itself. */
  private static void serve(LocalHBase hbase) {
    while (!Ending.isAsked(WATCH)) {
      if (hbase.isOver()) {
        Ending.giveUp("a server of HBase ended by itself", null);
      }
    }
  }

  private static long heapBytes() {
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getMax();
  }
}
