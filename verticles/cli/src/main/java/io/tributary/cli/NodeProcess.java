package io.tributary.cli;

import io.tributary.cli.shell.Failure;
import java.nio.file.Path;

/** The node's own main, called in this process. */
final class NodeProcess {
  private static final String MAIN = "io.tributary.server.Main";

  private NodeProcess() {}

  static int run(Path config) {
    try {
      Class.forName(MAIN)
          .getMethod("main", String[].class)
          .invoke(null, (Object) new String[] {"--config", config.toString()});
      return 0;
    } catch (ReflectiveOperationException notStarted) {
      throw new Failure("node run: the node can't be started: " + notStarted, notStarted);
    }
  }
}
