package io.tributary.cli;

import io.tributary.cli.api.NodeDrain;
import io.tributary.cli.api.NodeList;
import io.tributary.cli.shell.Noun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code node …}: one runs in this process, for those who supervise it themselves. */
@Command(
    name = "node",
    description = "Application servers.",
    mixinStandardHelpOptions = true,
    subcommands = {NodeCommand.Run.class, NodeList.class, NodeDrain.class})
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

    @Option(names = "--cell", paramLabel = "NAME", description = "Instead of its node.cell.")
    private Optional<String> cell = Optional.empty();

    @Option(names = "--id", paramLabel = "ID", description = "Instead of its node.id.")
    private Optional<String> id = Optional.empty();

    @Option(
        names = "--roles",
        paramLabel = "ROLES",
        description = {
          "Instead of its node.roles: some of mailbox,smtp,sms,chat,api.",
          "Without mailbox it takes messages and sessions for all cells and keeps none."
        })
    private Optional<String> roles = Optional.empty();

    @Override
    public Integer call() throws InterruptedException {
      List<String> arguments = new ArrayList<>(List.of("--config", config.toString()));
      cell.ifPresent(name -> arguments.addAll(List.of("--cell", name)));
      id.ifPresent(name -> arguments.addAll(List.of("--id", name)));
      roles.ifPresent(names -> arguments.addAll(List.of("--roles", names)));
      io.tributary.server.Main.main(arguments.toArray(String[]::new));
      return 0;
    }
  }
}
