package io.tributary.cli.api;

import io.tributary.cli.shell.Noun;
import io.tributary.cli.shell.Plain;
import io.tributary.cli.shell.Shell;
import io.tributary.cli.shell.Table;
import io.tributary.v1.AdminServiceGrpcClient;
import io.tributary.v1.GetRingRequest;
import io.tributary.v1.GetRingResponse;
import io.tributary.v1.RingNode;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ring show}. */
@Command(
    name = "ring",
    description = "How a cell's mailboxes are shared by its nodes.",
    mixinStandardHelpOptions = true,
    subcommands = RingCommand.Show.class)
public final class RingCommand extends Noun {
  private static final int COLUMN_MAX = 32;

  @Command(
      name = "show",
      description = "The nodes of the ring and their shares.",
      mixinStandardHelpOptions = true)
  static final class Show extends ApiCommand {
    @Option(
        names = "--cell",
        paramLabel = "NAME",
        description = "Default: that of the node that is asked.")
    private String cell = "";

    Show(Shell shell) {
      super(shell);
    }

    @Override
    int run(Api api) {
      GetRingResponse ring =
          api.call(
              AdminServiceGrpcClient.GetRing, GetRingRequest.newBuilder().setCell(cell).build());
      if (json()) {
        print(ring);
        return 0;
      }
      String head = "cell " + ring.getCell() + ", ring version " + ring.getVersion();
      shell().out().println(Plain.line(head));
      Table table = new Table(COLUMN_MAX, "NODE", "STATE", "TOKENS", "SHARE", "ADDRESS");
      ring.getNodesList().forEach(node -> add(table, node));
      table.lines().forEach(shell().out()::println);
      return 0;
    }

    private static void add(Table table, RingNode node) {
      table.add(
          node.getNode(),
          node.getState(),
          Integer.toString(node.getTokens()),
          String.format(Locale.ROOT, "%.1f%%", 100 * node.getShare()),
          node.getAddress());
    }
  }
}
