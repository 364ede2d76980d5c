package io.tributary.server;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a node was started.
 *
 * @param config file; the defaults without one
 * @param settings values by key that count more than the file's and the environment's
 * @param child ends with its standard input, and leaves SIGINT to its parent
 */
record Launch(Optional<Path> config, Map<String, String> settings, boolean child) {
  static final String USAGE =
      "io.tributary.server.Main [--config FILE] [--cell NAME] [--id ID] [--roles ROLES] [--child]";

  private static final Map<String, String> KEYS =
      Map.of("--cell", "node.cell", "--id", "node.id", "--roles", "node.roles");

  Launch {
    settings = Map.copyOf(settings);
  }

  /** Empty if the arguments are none of these. */
  static Optional<Launch> parse(String... arguments) {
    Optional<Path> config = Optional.empty();
    Map<String, String> settings = new HashMap<>();
    boolean child = false;
    Iterator<String> each = List.of(arguments).iterator();
    while (each.hasNext()) {
      String argument = each.next();
      String key = KEYS.getOrDefault(argument, "");
      if (argument.equals("--child")) {
        child = true;
      } else if (argument.equals("--config") && each.hasNext() && config.isEmpty()) {
        config = Optional.of(Path.of(each.next()));
      } else if (!key.isEmpty() && each.hasNext() && !settings.containsKey(key)) {
        settings.put(key, each.next());
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(new Launch(config, settings, child));
  }
}
