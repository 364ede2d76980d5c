package io.tributary.cli.up;

import io.tributary.cli.data.DataFolder;
import io.tributary.cli.data.Ready;
import io.tributary.cli.up.Shape.Member;
import io.tributary.config.ConfigLoader;
import io.tributary.config.TributaryConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What {@code up} runs: ZooKeeper, HBase, the nodes, each told where the others are. */
final class Services {
  private final Home home;
  private final DataFolder folder;
  private final TributaryConfig config;
  private final NodeFiles nodes;
  private final Shape shape;
  private final int zookeeperPort;

  Services(Home home, DataFolder folder, NodeFiles nodes, int zookeeperPort) {
    this.home = home;
    this.folder = folder;
    this.config = nodes.config();
    this.nodes = nodes;
    this.shape = nodes.shape();
    this.zookeeperPort = zookeeperPort;
  }

  /**
   * The settings that {@code up} decides itself.
   *
   * @return values by key
   */
  static Map<String, String> decided(int zookeeperPort) {
    String zookeeper = "127.0.0.1:" + zookeeperPort;
    return Map.of(
        "node.facesFile", "",
        "node.roles", "mailbox,smtp,sms,chat,api",
        "zookeeper.connect", zookeeper,
        "hbase.zookeeper", zookeeper,
        "hbase.znodeParent", "/hbase",
        "cells.zookeeper", "",
        "directory.zookeeper", "",
        "directory.namespace", "directory");
  }

  Shape shape() {
    return shape;
  }

  /** Each after those that it needs. */
  List<Service> all() {
    return Stream.of(
            Stream.of(zookeeper()),
            shape.hbases().stream().map(this::hbase),
            shape.members().stream().map(this::node))
        .flatMap(services -> services)
        .toList();
  }

  /** Takes away what an earlier run left, which would be taken for this one's. */
  void clear() throws IOException {
    nodes.clear();
    for (String name : shape.services()) {
      Files.deleteIfExists(readyFile(name));
    }
  }

  /** Where a node listens, once it does. */
  Optional<Ready.Faces> faces(Member member) {
    return Health.faces(member.faces(folder));
  }

  private Path readyFile(String name) {
    return folder.run().resolve(name + ".ready");
  }

  private Service zookeeper() {
    List<String> arguments =
        List.of(
            "-Xmx192m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError",
            "-cp",
            home.lib() + "/*",
            "io.tributary.discovery.zookeeper.EmbeddedZooKeeperMain",
            "--data",
            folder.zookeeper().toString(),
            "--port",
            Integer.toString(zookeeperPort),
            "--ready-file",
            readyFile(Shape.ZOOKEEPER).toString());
    return new Service(
        Shape.ZOOKEEPER,
        List.of(),
        bounds(60, 8),
        () -> afresh(Shape.ZOOKEEPER, arguments),
        () -> isReady(Shape.ZOOKEEPER));
  }

  private Service hbase(String name) {
    List<String> arguments = new ArrayList<>();
    arguments.add("@" + home.hbaseLib().resolve("jvm.options"));
    arguments.addAll(List.of("-cp", home.hbaseLib() + "/*"));
    arguments.add("io.tributary.embedded.EmbeddedHBaseMain");
    arguments.addAll(List.of("--data", folder.hbase(name).toString()));
    arguments.addAll(List.of("--zookeeper", config.hbase().zookeeper(), "--znode", "/" + name));
    arguments.addAll(List.of("--ready-file", readyFile(name).toString()));
    arguments.addAll(namespaces(name));
    return new Service(
        name,
        List.of(Shape.ZOOKEEPER),
        bounds(150, 12),
        () -> afresh(name, arguments),
        () -> isReady(name));
  }

  private List<String> namespaces(String hbase) {
    List<String> arguments = new ArrayList<>();
    shape.members().stream()
        .filter(member -> shape.hbaseOf(member.cell()).equals(hbase))
        .map(member -> nodes.namespace(member))
        .distinct()
        .forEach(namespace -> arguments.addAll(List.of("--namespace", namespace)));
    if (shape.directoryHBase().equals(hbase)) {
      arguments.add("--directory");
    }
    return arguments;
  }

  private Service node(Member member) {
    List<String> arguments =
        List.of(
            "-Xms64m",
            "-Xmx768m",
            "-XX:MinHeapFreeRatio=10", // thousands of idle sockets: what is free goes back
            "-XX:MaxHeapFreeRatio=20",
            "-XX:+ExitOnOutOfMemoryError",
            "-cp",
            home.lib() + "/*",
            "io.tributary.server.Main",
            "--config",
            member.config(folder).toString(),
            "--child");
    List<String> needs =
        Stream.of(shape.directoryHBase(), shape.hbaseOf(member.cell())).distinct().toList();
    return new Service(
        member.name(),
        needs,
        bounds(120, 12),
        () -> node(member, arguments),
        () -> nodeIsReady(member));
  }

  private ProcessBuilder node(Member member, List<String> arguments) throws IOException {
    nodes.write(member, faces(member));
    Files.deleteIfExists(member.faces(folder));
    return command(arguments);
  }

  private boolean nodeIsReady(Member member) {
    Optional<Ready.Faces> ready =
        faces(member).filter(faces -> Health.isReady(faces.ops(), config.tls().certificateFile()));
    ready.ifPresent(faces -> nodes.listens(member, faces));
    return ready.isPresent();
  }

  private boolean isReady(String name) {
    return Files.exists(readyFile(name));
  }

  private ProcessBuilder afresh(String name, List<String> arguments) throws IOException {
    Files.deleteIfExists(readyFile(name));
    return command(arguments);
  }

  private ProcessBuilder command(List<String> arguments) {
    List<String> line = new ArrayList<>();
    line.add(home.java().toString());
    line.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().keySet().removeIf(ConfigLoader::isSetting);
    return builder;
  }

  private static Service.Bounds bounds(long startSeconds, long stopSeconds) {
    return new Service.Bounds(Duration.ofSeconds(startSeconds), Duration.ofSeconds(stopSeconds));
  }
}
