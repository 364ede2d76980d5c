package io.tributary.discovery.zookeeper;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The command line of the child.
 *
 * @param data the folder that holds everything this ZooKeeper knows
 * @param port on the loopback interface; 0 takes a free one
 * @param readyFile written once it serves
 * @param freeMib room asked of the data folder's disk at the start
 */
record EmbeddedZooKeeperArguments(Path data, int port, Optional<Path> readyFile, long freeMib) {
  static final String USAGE =
      "usage: EmbeddedZooKeeperMain --data DIR [--port PORT] [--ready-file FILE] [--free-mib N]";

  /** The command line is wrong. */
  static final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String line;

    UsageException(String message) {
      super(message);
      line = message + ". " + USAGE;
    }

    String line() {
      return line;
    }
  }

  static EmbeddedZooKeeperArguments parse(String... args) {
    Optional<Path> data = Optional.empty();
    Optional<Path> readyFile = Optional.empty();
    int port = 0;
    long freeMib = 64;
    Deque<String> left = new ArrayDeque<>(List.of(args));
    while (!left.isEmpty()) {
      String name = left.remove();
      switch (name) {
        case "--data" -> data = Optional.of(path(name, left));
        case "--ready-file" -> readyFile = Optional.of(path(name, left));
        case "--port" -> port = (int) number(name, left, 65_535);
        case "--free-mib" -> freeMib = number(name, left, Integer.MAX_VALUE);
        default -> throw new UsageException("unknown argument " + name);
      }
    }
    Path folder = data.orElseThrow(() -> new UsageException("--data is needed"));
    return new EmbeddedZooKeeperArguments(folder, port, readyFile, freeMib);
  }

  private static Path path(String name, Deque<String> left) {
    return Path.of(value(name, left)).toAbsolutePath().normalize();
  }

  private static long number(String name, Deque<String> left, long max) {
    String value = value(name, left);
    if (!value.matches("\\d{1,10}") || Long.parseLong(value) > max) {
      throw new UsageException("%s '%s' is not 0 to %d".formatted(name, value, max));
    }
    return Long.parseLong(value);
  }

  private static String value(String name, Deque<String> left) {
    String value = left.poll();
    if (value == null || value.isEmpty() || value.startsWith("--")) {
      throw new UsageException(name + " needs a value");
    }
    return value;
  }
}
