package io.tributary.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The whole configuration, checked. One component per section of the file, by the same name; the
 * sections' components are the section's keys. Only {@link ConfigLoader} makes one.
 */
public record TributaryConfig(
    NodeConfig node,
    SmtpConfig smtp,
    SmsConfig sms,
    HttpConfig http,
    ChatConfig chat,
    GrpcConfig grpc,
    OpsConfig ops,
    CellConfig cell,
    CellsConfig cells,
    TlsConfig tls,
    ZooKeeperConfig zookeeper,
    HBaseConfig hbase,
    DirectoryConfig directory,
    RingConfig ring,
    MailboxConfig mailbox) {

  /** The same with one more account for text messages. */
  public TributaryConfig and(SmsAccountConfig account) {
    List<SmsAccountConfig> all = new ArrayList<>(sms.accounts());
    all.add(account);
    SmsConfig more = new SmsConfig(sms.publicUrl(), all);
    return new TributaryConfig(
        node, smtp, more, http, chat, grpc, ops, cell, cells, tls, zookeeper, hbase, directory,
        ring, mailbox);
  }

  /** The same with other cells. */
  public TributaryConfig with(CellsConfig others) {
    return new TributaryConfig(
        node, smtp, sms, http, chat, grpc, ops, cell, others, tls, zookeeper, hbase, directory,
        ring, mailbox);
  }

  /** What is wrong with values that are each fine alone. */
  List<Problem> conflicts() {
    List<Problem> conflicts = new ArrayList<>();
    conflicts.addAll(sharedPorts());
    conflicts.addAll(sharedAccounts());
    conflicts.addAll(halfOfTls());
    conflicts.addAll(openCell());
    conflicts.addAll(foundingCells());
    conflicts.addAll(homelessMailboxes());
    atLeast(conflicts, "smtp.transactionTimeoutMillis", smtp.transactionTimeoutMillis())
        .as("smtp.idleTimeoutMillis", smtp.idleTimeoutMillis());
    atLeast(conflicts, "smtp.inFlightBytesMax", smtp.inFlightBytesMax())
        .as("smtp.messageBytesMax", smtp.messageBytesMax());
    atLeast(conflicts, "mailbox.queueBytesMax", mailbox.queueBytesMax())
        .as("smtp.messageBytesMax", smtp.messageBytesMax());
    atLeast(conflicts, "chat.windowsBytesMax", chat.windowsBytesMax())
        .as("chat.windowBytesMax", chat.windowBytesMax());
    return List.copyOf(conflicts);
  }

  private List<Problem> halfOfTls() {
    if (tls.certificateFile().isPresent() == tls.keyFile().isPresent()) {
      return List.of();
    }
    return tls.keyFile().isPresent()
        ? List.of(
            new Problem(
                "tls.certificateFile", "", "a file, since tls.keyFile is given; or neither"))
        : List.of(
            new Problem(
                "tls.keyFile", "", "a file, since tls.certificateFile is given; or neither"));
  }

  /** Whoever reaches this port may write to every mailbox. */
  private List<Problem> openCell() {
    if (cell.halfEncrypted()) {
      return List.of(
          new Problem(
              "cell.certificateFile", "", "cell.certificateFile, keyFile and trustFile, or none"));
    }
    return cell.encrypted() || cell.loopback()
        ? List.of()
        : List.of(
            new Problem(
                "cell.host", cell.host(), "a loopback host, unless cell.certificateFile is given"));
  }

  private List<Problem> foundingCells() {
    int repeated = cells.repeated();
    if (repeated >= 0) {
      String key = "cells.founding[%d].name".formatted(repeated);
      return List.of(new Problem(key, cells.founding().get(repeated).name(), "each cell once"));
    }
    if (cells.takesNobody()) {
      return List.of(new Problem("cells.founding[0].weight", "0", "above 0 for one cell at least"));
    }
    List<String> names = cells.founding().stream().map(FoundingCellConfig::name).toList();
    return names.isEmpty() || names.contains(node.cell())
        ? List.of()
        : List.of(new Problem("node.cell", node.cell(), "one of cells.founding: " + names));
  }

  /** A process without mailboxes has no HBase in which the directory could live. */
  private List<Problem> homelessMailboxes() {
    return node.is("mailbox") || directory.isApart()
        ? List.of()
        : List.of(
            new Problem(
                "directory.zookeeper",
                "",
                "that of the directory's HBase, since node.roles has no mailbox"));
  }

  private List<Problem> sharedPorts() {
    Map<Integer, List<String>> keysByPort =
        Stream.of(
                Map.entry("smtp.port", smtp.port()),
                Map.entry("http.port", http.port()),
                Map.entry("grpc.port", grpc.port()),
                Map.entry("ops.port", ops.port()),
                Map.entry("cell.port", cell.port()))
            .filter(face -> face.getValue() != 0)
            .collect(
                Collectors.groupingBy(
                    Map.Entry::getValue,
                    Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
    return keysByPort.entrySet().stream()
        .filter(shared -> shared.getValue().size() > 1)
        .map(TributaryConfig::sharedPort)
        .toList();
  }

  private List<Problem> sharedAccounts() {
    List<Problem> shared = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < sms.accounts().size(); i++) {
      String name = sms.accounts().get(i).name();
      if (!names.add(name)) {
        shared.add(new Problem("sms.accounts[" + i + "]", name, "each account of a provider once"));
      }
    }
    return shared;
  }

  private static Problem sharedPort(Map.Entry<Integer, List<String>> shared) {
    List<String> keys = shared.getValue().stream().sorted().toList();
    return new Problem(
        keys.get(keys.size() - 1),
        shared.getKey().toString(),
        "a port other than that of " + String.join(" and ", keys.subList(0, keys.size() - 1)));
  }

  private static Floor atLeast(List<Problem> conflicts, String key, long value) {
    return (floorKey, floor) -> {
      if (value < floor) {
        String allowed = "at least " + floorKey + ", which is " + floor;
        conflicts.add(new Problem(key, Long.toString(value), allowed));
      }
    };
  }

  private interface Floor {
    void as(String key, long value);
  }
}
