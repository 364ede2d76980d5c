package io.tributary.cli.up;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Keeps logs from growing without end: beyond a size the log is copied to {@code .1} and emptied,
 * older copies move up, the oldest goes. Children append, so they notice nothing; what they write
 * between copy and emptying is lost.
 */
final class LogRotation {
  private static final int KEPT = 3;

  private final List<Path> logs;
  private final long bytesMax;

  LogRotation(List<Path> logs, long bytesMax) {
    this.logs = List.copyOf(logs);
    this.bytesMax = bytesMax;
  }

  /** Looks at all of them. What can't be done now is tried again the next time. */
  void glance() {
    for (Path log : logs) {
      try {
        if (Files.exists(log) && Files.size(log) > bytesMax) {
          rotate(log);
        }
      } catch (IOException laterThen) {
        // A full disk, for one: nothing gets better by ending here.
      }
    }
  }

  private static void rotate(Path log) throws IOException {
    for (int number = KEPT - 1; number >= 1; number--) {
      Path older = numbered(log, number);
      if (Files.exists(older)) {
        Files.move(older, numbered(log, number + 1), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Files.copy(log, numbered(log, 1), StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
      channel.truncate(0);
    }
  }

  private static Path numbered(Path log, int number) {
    return log.resolveSibling(log.getFileName() + "." + number);
  }
}
