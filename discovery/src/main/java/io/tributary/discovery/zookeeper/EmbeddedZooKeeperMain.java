package io.tributary.discovery.zookeeper;

import io.tributary.discovery.zookeeper.EmbeddedZooKeeperArguments.UsageException;
import io.tributary.discovery.zookeeper.EmbeddedZooKeeperFolder.StartupFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;

/**
 * Runs one ZooKeeper on a local folder until its parent ends it: at the end of standard input, so
 * that a parent's death is enough, or at SIGTERM. Ctrl-C reaches every process of a terminal and is
 * ignored here, since the parent stops its children in order.
 *
 * <p>Exit codes: 0 ended as asked, 1 could not start, 2 wrong arguments, 3 gave up after it had
 * been ready (start it again).
 */
public final class EmbeddedZooKeeperMain {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedZooKeeperMain.class);
  private static final int OK = 0;
  private static final int NOT_STARTED = 1;
  private static final int USAGE = 2;
  private static final int GAVE_UP = 3;

  private EmbeddedZooKeeperMain() {}

  /** Arguments: {@link EmbeddedZooKeeperArguments#USAGE}. */
  public static void main(String[] args) {
    Runtime.getRuntime().halt(exitCode(args));
  }

  private static int exitCode(String... args) {
    try {
      return run(EmbeddedZooKeeperArguments.parse(args));
    } catch (UsageException wrong) {
      return say(USAGE, wrong.line());
    } catch (StartupFailure failure) {
      return say(NOT_STARTED, failure.line());
    } catch (IOException unwritable) {
      return say(NOT_STARTED, EmbeddedZooKeeperFolder.reason(unwritable));
    } catch (InterruptedException interrupted) {
      return say(NOT_STARTED, "interrupted");
    }
  }

  private static int run(EmbeddedZooKeeperArguments arguments)
      throws IOException, InterruptedException {
    CompletableFuture<String> asked = listenForEnd();
    try (EmbeddedZooKeeperFolder folder =
        EmbeddedZooKeeperFolder.open(arguments.data(), arguments.freeMib())) {
      removeReadyFile(arguments);
      EmbeddedZooKeeper zookeeper = EmbeddedZooKeeper.start(folder.state(), arguments.port());
      writeReadyFile(arguments, zookeeper.connect());
      LOG.info("event=zookeeper.ready connect={}", zookeeper.connect());
      return awaitEnd(zookeeper, folder, asked);
    }
  }

  private static int awaitEnd(
      EmbeddedZooKeeper zookeeper, EmbeddedZooKeeperFolder folder, CompletableFuture<String> asked)
      throws InterruptedException {
    CompletableFuture<Void> any =
        CompletableFuture.anyOf(asked, zookeeper.ended().handle((done, failure) -> ""))
            .thenAccept(end -> {});
    any.join();
    if (!asked.isDone()) {
      return say(GAVE_UP, "zookeeper gave up" + folder.fullDiskHint() + "; see the log");
    }
    LOG.info("event=zookeeper.stop by=\"{}\"", asked.join());
    zookeeper.stop();
    return OK;
  }

  private static CompletableFuture<String> listenForEnd() {
    CompletableFuture<String> asked = new CompletableFuture<>();
    Signal.handle(new Signal("INT"), signal -> {});
    Signal.handle(new Signal("TERM"), signal -> asked.complete("SIGTERM"));
    Thread reader = new Thread(() -> readToEnd(asked), "standard-input");
    reader.setDaemon(true);
    reader.start();
    return asked;
  }

  private static void readToEnd(CompletableFuture<String> asked) {
    try {
      while (System.in.read() >= 0) {
        // Nothing is said to this process; only the end counts.
      }
    } catch (IOException broken) {
      // As good as the end.
    }
    asked.complete("end of standard input");
  }

  private static void removeReadyFile(EmbeddedZooKeeperArguments arguments) throws IOException {
    if (arguments.readyFile().isPresent()) {
      Files.deleteIfExists(arguments.readyFile().get());
    }
  }

  private static void writeReadyFile(EmbeddedZooKeeperArguments arguments, String connect)
      throws IOException {
    if (arguments.readyFile().isPresent()) {
      Path file = arguments.readyFile().get();
      Path draft = file.resolveSibling(file.getFileName() + ".draft");
      Files.writeString(
          draft,
          "{\"connect\":\"%s\",\"pid\":%d}\n".formatted(connect, ProcessHandle.current().pid()));
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private static int say(int code, String line) {
    System.err.println("zookeeper: " + line.replaceAll("\\s+", " "));
    LOG.error("event=zookeeper.end code={} reason=\"{}\"", code, line);
    return code;
  }
}
