package io.tributary.loadtests.bench;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** Where the table lies that the floor writes to. */
final class FloorOptions {
  @Option(
      names = "--zookeeper",
      paramLabel = "HOST:PORT",
      description = "of the floor's HBase; default: as the node's configuration has it")
  private Optional<String> zookeeper = Optional.empty();

  @Option(
      names = "--znode",
      paramLabel = "PATH",
      description = "where that HBase registers; default: likewise")
  private Optional<String> znode = Optional.empty();

  @Option(
      names = "--table",
      paramLabel = "NAME",
      description = "the floor's, that of the logs; default: likewise")
  private Optional<String> table = Optional.empty();

  LogTable log(Site site) {
    Map<String, String> given = new TreeMap<>();
    zookeeper.ifPresent(value -> given.put("zookeeper", value));
    znode.ifPresent(value -> given.put("znode", value));
    table.ifPresent(value -> given.put("table", value));
    return LogTable.of(site.nodeConfiguration(), given);
  }
}
