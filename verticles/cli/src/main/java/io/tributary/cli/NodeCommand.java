package io.tributary.cli;

import io.tributary.cli.shell.Noun;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code node run}: a node in this process, for those who supervise it themselves. */
@Command(
    name = "node",
    description = "One application server.",
    mixinStandardHelpOptions = true,
    subcommands = NodeCommand.Run.class)
final class NodeCommand extends Noun {

  /** Never returns while the node runs. */
  @Command(
      name = "run",
      description =
          "Runs a node in this process, against the ZooKeeper and HBase that the configuration names.",
      mixinStandardHelpOptions = true)
  static final class Run implements Callable<Integer> {
    @Option(
        names = "--config",
        required = true,
        paramLabel = "FILE",
        description = "Its configuration.")
    private Path config = Path.of("");

    @Override
    public Integer call() throws InterruptedException {
      io.tributary.server.Main.main(new String[] {"--config", config.toString()});
      return 0;
    }
  }
}
