package io.tributary.cli.up;

import io.tributary.cli.data.DataFolder;
import io.tributary.cli.data.Ready;
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
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What {@code up} runs: ZooKeeper, HBase, the nodes, each told where the others are. */
final class Services {
  static final String ZOOKEEPER = "zookeeper";
  static final String HBASE = "hbase";

  /** More would only fight for one machine. */
  static final int NODES_MAX = 8;

  private static final String HBASE_ZNODE = "/hbase";

  private final Home home;
  private final DataFolder folder;
  private final TributaryConfig config;
  private final NodeFiles nodes;
  private final int zookeeperPort;

  Services(Home home, DataFolder folder, NodeFiles nodes, int zookeeperPort) {
    this.home = home;
    this.folder = folder;
    this.config = nodes.config();
    this.nodes = nodes;
    this.zookeeperPort = zookeeperPort;
  }

  /** In the order of their start. */
  static List<String> names(int nodes) {
    Stream<String> nodeNames = IntStream.rangeClosed(1, nodes).mapToObj(Services::nodeName);
    return Stream.concat(Stream.of(ZOOKEEPER, HBASE), nodeNames).toList();
  }

  List<String> names() {
    return names(nodes.count());
  }

  /** Also of its files. */
  static String nodeName(int number) {
    return "node-" + number;
  }

  /**
   * The settings that {@code up} decides itself.
   *
   * @return values by key
   */
  static Map<String, String> decided(DataFolder folder, int zookeeperPort) {
    String zookeeper = "127.0.0.1:" + zookeeperPort;
    return Map.of(
        "node.facesFile", NodeFiles.faces(folder, 1).toString(),
        "zookeeper.connect", zookeeper,
        "hbase.zookeeper", zookeeper,
        "hbase.znodeParent", HBASE_ZNODE,
        "directory.namespace", "directory");
  }

  List<Service> all() {
    Stream<Service> nodeServices = IntStream.rangeClosed(1, nodes.count()).mapToObj(this::node);
    return Stream.concat(Stream.of(zookeeper(), hbase()), nodeServices).toList();
  }

  /** Takes away what an earlier run left, which would be taken for this one's. */
  void clear() throws IOException {
    nodes.clear();
    Files.deleteIfExists(readyFile(ZOOKEEPER));
    Files.deleteIfExists(readyFile(HBASE));
  }

  int nodes() {
    return nodes.count();
  }

  /** Where a node listens, once it does. */
  Optional<Ready.Faces> faces(int node) {
    return Health.faces(NodeFiles.faces(folder, node));
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
            readyFile(ZOOKEEPER).toString());
    return new Service(
        ZOOKEEPER, bounds(60, 8), () -> afresh(ZOOKEEPER, arguments), () -> isReady(ZOOKEEPER));
  }

  private Service hbase() {
    List<String> arguments =
        List.of(
            "@" + home.hbaseLib().resolve("jvm.options"),
            "-cp",
            home.hbaseLib() + "/*",
            "io.tributary.embedded.EmbeddedHBaseMain",
            "--data",
            folder.hbase().toString(),
            "--zookeeper",
            config.hbase().zookeeper(),
            "--znode",
            config.hbase().znodeParent(),
            "--namespace",
            config.hbase().namespace(),
            "--directory",
            "--ready-file",
            readyFile(HBASE).toString());
    return new Service(
        HBASE, bounds(150, 12), () -> afresh(HBASE, arguments), () -> isReady(HBASE));
  }

  private Service node(int number) {
    List<String> arguments =
        List.of(
            "-Xms64m",
            "-Xmx768m",
            "-XX:+ExitOnOutOfMemoryError",
            "-cp",
            home.lib() + "/*",
            "io.tributary.server.Main",
            "--config",
            nodes.file(number).toString(),
            "--child");
    return new Service(
        nodeName(number),
        bounds(120, 12),
        () -> node(number, arguments),
        () -> nodeIsReady(number));
  }

  private ProcessBuilder node(int number, List<String> arguments) throws IOException {
    nodes.write(number, faces(number));
    Files.deleteIfExists(NodeFiles.faces(folder, number));
    return command(arguments);
  }

  private boolean nodeIsReady(int number) {
    return faces(number)
        .filter(faces -> Health.isReady(faces.ops(), config.tls().certificateFile()))
        .isPresent();
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
