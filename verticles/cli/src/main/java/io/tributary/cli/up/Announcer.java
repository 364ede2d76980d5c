package io.tributary.cli.up;

import io.tributary.cli.shell.Plain;
import io.tributary.cli.shell.Shell;
import java.time.Duration;
import java.util.Locale;

/**
 * Tells the person in front of the screen what is going on. On a terminal progress is one line that
 * changes, elsewhere a line every five seconds. For one thread.
 */
final class Announcer {
  private static final String LINE_CLEARED = "\r\u001b[K";
  private static final long SECONDS_BETWEEN_LINES = 5;

  private final Shell shell;
  private long secondsSaid;
  private boolean lineOpen;

  Announcer(Shell shell) {
    this.shell = shell;
  }

  void say(String line) {
    shell.out().println((lineOpen ? LINE_CLEARED : "") + Plain.text(line));
    lineOpen = false;
    secondsSaid = 0;
  }

  /** A line that may be pasted: nothing in it is changed. */
  void sayExactly(String line) {
    shell.out().println(line);
  }

  /** What is being waited for, and how long already. */
  void waiting(String what, Duration since) {
    long seconds = since.toSeconds();
    if (seconds == secondsSaid || (!shell.terminal() && seconds % SECONDS_BETWEEN_LINES != 0)) {
      return;
    }
    secondsSaid = seconds;
    String line = "  " + what + " … " + seconds + " s";
    if (shell.terminal()) {
      shell.out().print(LINE_CLEARED + line);
      shell.out().flush();
      lineOpen = true;
    } else {
      shell.out().println(line);
    }
  }

  static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1_000.0);
  }
}
