package io.tributary.cli.api;

import io.tributary.cli.shell.Plain;
import io.tributary.cli.shell.Shell;
import io.tributary.cli.shell.Table;
import io.tributary.v1.AdminServiceGrpcClient;
import io.tributary.v1.ListNodesRequest;
import io.tributary.v1.ListNodesResponse;
import io.tributary.v1.NodeLoad;
import io.tributary.v1.NodeStatus;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;

/** {@code node list}. */
@Command(
    name = "list",
    description = "The nodes of a cell and how they are doing, as they say every few seconds.",
    mixinStandardHelpOptions = true)
public final class NodeList extends ApiCommand {
  private static final int COLUMN_MAX = 32;
  private static final long MEBIBYTE = 1L << 20;
  private static final String UNKNOWN = "-";

  NodeList(Shell shell) {
    super(shell);
  }

  @Override
  int run(Api api) {
    ListNodesResponse nodes =
        api.call(AdminServiceGrpcClient.ListNodes, ListNodesRequest.getDefaultInstance());
    if (json()) {
      nodes.getNodesList().forEach(this::print);
      return 0;
    }
    String head = "cell " + nodes.getCell() + ", ring version " + nodes.getRingVersion();
    shell().out().println(Plain.line(head));
    Table table =
        new Table(
            COLUMN_MAX,
            "NODE",
            "STATE",
            "SHARE",
            "TOKENS",
            "REQ/S",
            "LAG",
            "HEAP",
            "ADDRESS",
            "INCARNATION",
            "VERSION");
    nodes.getNodesList().forEach(node -> add(table, node));
    table.lines().forEach(shell().out()::println);
    return 0;
  }

  private static void add(Table table, NodeStatus node) {
    List<String> load = load(node);
    table.add(
        node.getNode(),
        node.getState(),
        String.format(Locale.ROOT, "%.1f%%", 100 * node.getShare()),
        Integer.toString(node.getTokens()),
        load.get(0),
        load.get(1),
        load.get(2),
        node.getAddress(),
        node.getIncarnation(),
        load.get(3));
  }

  /** Requests, lag, heap, version. */
  private static List<String> load(NodeStatus node) {
    if (!node.hasLoad()) {
      return List.of(UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN);
    }
    NodeLoad load = node.getLoad();
    return List.of(
        String.format(Locale.ROOT, "%.1f", load.getRequestsPerSecond()),
        load.getLagMillis() + " ms",
        load.getHeapUsedBytes() / MEBIBYTE + "/" + load.getHeapMaxBytes() / MEBIBYTE + " MiB",
        load.getVersion());
  }
}
