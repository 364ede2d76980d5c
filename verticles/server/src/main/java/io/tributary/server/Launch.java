package io.tributary.server;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * How a node was started.
 *
 * @param config file; the defaults without one
 * @param child ends with its standard input, and leaves SIGINT to its parent
 */
record Launch(Optional<Path> config, boolean child) {
  static final String USAGE = "io.tributary.server.Main [--config FILE] [--child]";

  /** Empty if the arguments are none of these. */
  static Optional<Launch> parse(String... arguments) {
    Optional<Path> config = Optional.empty();
    boolean child = false;
    Iterator<String> each = List.of(arguments).iterator();
    while (each.hasNext()) {
      String argument = each.next();
      if (argument.equals("--child")) {
        child = true;
      } else if (argument.equals("--config") && each.hasNext() && config.isEmpty()) {
        config = Optional.of(Path.of(each.next()));
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(new Launch(config, child));
  }
}
