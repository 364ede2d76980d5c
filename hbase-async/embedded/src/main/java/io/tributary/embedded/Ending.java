package io.tributary.embedded;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import sun.misc.Signal;

/**
 * Why this process ends. The first reason counts. There is one per process, because HBase creates
 * its servers by reflection and they must be able to report their abort.
 */
sealed interface Ending {

  /** Whoever started this process is gone, or asked for the end. */
  record Asked(String by) implements Ending {}

  /**
   * A server of HBase gave up. What was acknowledged is in its log, and the next start reads it.
   */
  record Aborted(String server, String reason, @Nullable Throwable cause) implements Ending {

    /** The reason in one line, with the innermost cause. */
    String line() {
      StringBuilder line = new StringBuilder(server).append(" gave up: ").append(reason);
      Throwable innermost = cause;
      while (innermost != null && innermost.getCause() != null) {
        innermost = innermost.getCause();
      }
      if (innermost != null) {
        line.append(" (").append(innermost).append(')');
      }
      return line.toString().replaceAll("\\s+", " ");
    }

    /** Whether the disk had no room left. */
    boolean isDiskFull() {
      return line().contains("No space left on device");
    }
  }

  /** Tells that the process must end. */
  static void note(Ending reason) {
    First.REASON.complete(reason);
  }

  /**
   * Waits for a reason to end.
   *
   * @return empty if there was none in the given time
   */
  static Optional<Ending> await(Duration atMost) throws InterruptedException {
    try {
      return Optional.of(First.REASON.get(atMost.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException("never completed by an exception", e);
    }
  }

  /**
   * Ends this process on SIGTERM and when standard input reaches its end, which it does when the
   * parent dies. Ctrl-C in a terminal reaches every process of it: here it is ignored, since the
   * parent stops its children in order.
   */
  static void listen() {
    Signal.handle(new Signal("INT"), signal -> {});
    Signal.handle(new Signal("TERM"), signal -> note(new Asked("SIGTERM")));
    Thread reader = new Thread(Ending::readToEnd, "standard-input");
    reader.setDaemon(true);
    reader.start();
  }

  private static void readToEnd() {
    try {
      while (System.in.read() >= 0) {
        // Nothing is said to this process; only the end counts.
      }
    } catch (IOException e) {
      // As good as the end.
    }
    note(new Asked("end of standard input"));
  }

  /** Holds the first reason. */
  final class First {
    private static final CompletableFuture<Ending> REASON = new CompletableFuture<>();

    private First() {}
  }
}
