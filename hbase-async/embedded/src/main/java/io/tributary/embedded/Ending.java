package io.tributary.embedded;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import sun.misc.Signal;

/**
 * How this process ends. There is one per process, because HBase creates its servers by reflection
 * and they must be able to end it.
 *
 * <p>Exit codes: 0 ended as asked, 1 could not start, 2 wrong arguments, 3 gave up after it had
 * been ready (start it again).
 */
final class Ending {

  static final int OK = 0;
  static final int NOT_STARTED = 1;
  static final int USAGE = 2;
  static final int GAVE_UP = 3;

  private static final CompletableFuture<String> ASKED = new CompletableFuture<>();
  private static volatile boolean serving;
  private static volatile String folder = "";

  private Ending() {}

  /**
   * Ends this process on SIGTERM and when standard input reaches its end, which it does when the
   * parent dies. Ctrl-C in a terminal reaches every process of it: here it is ignored, since the
   * parent stops its children in order.
   *
   * @param data named in messages
   */
  static void listen(String data) {
    folder = data;
    Signal.handle(new Signal("INT"), signal -> {});
    Signal.handle(new Signal("TERM"), signal -> ask("SIGTERM"));
    daemon("standard-input", Ending::readToEnd);
  }

  /** From now on an end that is asked for is a stop in order. */
  static void servingBegins() {
    serving = true;
  }

  /**
   * Waits for somebody to ask for the end.
   *
   * @return whether somebody did within the time
   */
  static boolean isAsked(Duration atMost) {
    try {
      ASKED.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException("neither happens to this process's own threads", e);
    }
  }

  /** Ends this process with one line if it doesn't serve within the time. */
  static void unlessServingWithin(Duration atMost) {
    daemon(
        "start-watch",
        () -> {
          if (!isAsked(atMost) && !serving) {
            giveUp("not up after %d s".formatted(atMost.toSeconds()), null);
          }
        });
  }

  /**
   * Ends this process at once, with one line, because HBase can't go on. What was acknowledged is
   * in its log, and the next start reads it.
   */
  static synchronized void giveUp(String reason, @Nullable Throwable cause) {
    String line = line(reason, cause);
    if (line.contains("No space left on device")) {
      line =
          "the disk of the data folder %s is full: free some room and start again"
              .formatted(folder);
    } else if (!serving) {
      line =
          "HBase can't start on %s (%s): its log says more; if files are damaged restore the folder from a backup, or choose another with --data"
              .formatted(folder, line);
    }
    halt(say(serving ? GAVE_UP : NOT_STARTED, line));
  }

  /** Writes one line for people and gives the code back. */
  static int say(int code, @Nullable String line) {
    System.err.println("embedded HBase: " + line);
    return code;
  }

  /** Not exit: HBase's and Hadoop's shutdown hooks may wait for what will never come. */
  static void halt(int code) {
    System.out.flush();
    System.err.flush();
    Runtime.getRuntime().halt(code);
  }

  /** While HBase starts nobody is served, and its start can't be interrupted: it ends at once. */
  private static void ask(String by) {
    if (serving) {
      ASKED.complete(by);
    } else {
      halt(OK);
    }
  }

  private static void readToEnd() {
    try {
      while (System.in.read() >= 0) {
        // Nothing is said to this process; only the end counts.
      }
    } catch (IOException e) {
      // As good as the end.
    }
    ask("end of standard input");
  }

  /** The reason and its innermost cause. */
  private static String line(String reason, @Nullable Throwable cause) {
    Throwable innermost = cause;
    while (innermost != null && innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    String line = innermost == null ? reason : reason + ": " + innermost;
    return line.replaceAll("\\s+", " ").strip();
  }

  private static void daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }
}
