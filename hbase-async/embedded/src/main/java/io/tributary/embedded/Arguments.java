package io.tributary.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The command line of the child.
 *
 * @param data the folder that holds everything this HBase knows
 * @param zookeeper connect string, {@code host:port} and more of them after commas
 * @param znode ZooKeeper path below which this HBase keeps its state
 * @param cells namespaces of the cells served here
 * @param directory whether the directory's tables are here too
 * @param readyFile written once the tables can be used, if given
 * @param limits how long to wait and how much room to ask for
 */
record Arguments(
    Path data,
    String zookeeper,
    String znode,
    List<String> cells,
    boolean directory,
    Optional<Path> readyFile,
    Limits limits) {

  static final String USAGE =
      "usage: EmbeddedHBaseMain --data DIR --zookeeper HOST:PORT --namespace NAME[,NAME…] [--directory]"
          + " [--znode /PATH] [--ready-file FILE] [--wait-seconds N] [--free-mib N]";

  private static final Pattern SERVERS =
      Pattern.compile("[^\\s,:/]+:\\d{1,5}(,[^\\s,:/]+:\\d{1,5})*");
  private static final Pattern ZNODE = Pattern.compile("/[A-Za-z0-9_.-]+");
  private static final Pattern NAMESPACE = Pattern.compile("[A-Za-z0-9_]+");

  /**
   * @param answer how long ZooKeeper may take to answer
   * @param freeMib room asked of the data folder's disk at the start, in MiB
   */
  record Limits(Duration answer, long freeMib) {}

  Arguments {
    cells = List.copyOf(cells);
  }

  /**
   * Reads the command line.
   *
   * @throws UsageException naming the first argument that is wrong
   */
  static Arguments parse(String... args) {
    return new Reader(args).read();
  }

  /** Collects the flags in any order. */
  private static final class Reader {
    private final Deque<String> left;
    private Optional<Path> data = Optional.empty();
    private Optional<Path> readyFile = Optional.empty();
    private Optional<String> zookeeper = Optional.empty();
    private String znode = "/hbase";
    private final List<String> cells = new ArrayList<>();
    private boolean directory;
    private long waitSeconds = 20;
    private long freeMib = 256;

    Reader(String... args) {
      left = new ArrayDeque<>(List.of(args));
    }

    Arguments read() {
      while (!left.isEmpty()) {
        flag(left.remove());
      }
      if (cells.isEmpty() && !directory) {
        throw new UsageException("--namespace or --directory is needed. " + USAGE);
      }
      return new Arguments(
          data.orElseThrow(() -> missing("--data")),
          zookeeper.orElseThrow(() -> missing("--zookeeper")),
          znode,
          cells,
          directory,
          readyFile,
          new Limits(Duration.ofSeconds(waitSeconds), freeMib));
    }

    private void flag(String name) {
      switch (name) {
        case "--data" -> data = Optional.of(Path.of(value(name)).toAbsolutePath().normalize());
        case "--ready-file" -> readyFile = Optional.of(Path.of(value(name)).toAbsolutePath());
        case "--zookeeper" ->
            zookeeper = Optional.of(match(name, SERVERS, "HOST:PORT[,HOST:PORT…]"));
        case "--znode" -> znode = match(name, ZNODE, "a path of one level, as /hbase");
        case "--namespace" -> namespaces(value(name));
        case "--directory" -> directory = true;
        case "--wait-seconds" -> waitSeconds = number(name);
        case "--free-mib" -> freeMib = number(name);
        default -> throw new UsageException("unknown argument " + name + ". " + USAGE);
      }
    }

    private void namespaces(String list) {
      for (String name : list.split(",", -1)) {
        if (!NAMESPACE.matcher(name).matches() || Schema.RESERVED_NAMESPACES.contains(name)) {
          throw new UsageException(
              "--namespace '%s' is refused: letters, digits and _ are allowed, and not one of %s"
                  .formatted(name, Schema.RESERVED_NAMESPACES));
        }
        cells.add(name);
      }
    }

    private String match(String name, Pattern allowed, String description) {
      String value = value(name);
      if (!allowed.matcher(value).matches()) {
        throw new UsageException(
            "%s '%s' is refused: it must be %s".formatted(name, value, description));
      }
      return value;
    }

    private long number(String name) {
      String value = value(name);
      if (!value.matches("\\d{1,9}")) {
        throw new UsageException(
            "%s '%s' is refused: it must be a whole number".formatted(name, value));
      }
      return Long.parseLong(value);
    }

    private String value(String name) {
      String value = left.poll();
      if (value == null || value.isEmpty() || value.startsWith("--")) {
        throw new UsageException(name + " needs a value. " + USAGE);
      }
      return value;
    }

    private static UsageException missing(String name) {
      return new UsageException(name + " is needed. " + USAGE);
    }
  }
}
