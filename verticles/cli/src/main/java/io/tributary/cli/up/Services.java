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

/** What {@code up} runs: ZooKeeper, HBase, a node, each told where the others are. */
final class Services {
  static final String ZOOKEEPER = "zookeeper";
  static final String HBASE = "hbase";
  static final String NODE = "node-1";

  /** In the order of their start. */
  static final List<String> NAMES = List.of(ZOOKEEPER, HBASE, NODE);

  private static final String HBASE_ZNODE = "/hbase";

  private final Home home;
  private final DataFolder folder;
  private final TributaryConfig config;
  private final int zookeeperPort;
  private final NodeFile nodeFile;

  Services(Home home, DataFolder folder, TributaryConfig config, int zookeeperPort) {
    this.home = home;
    this.folder = folder;
    this.config = config;
    this.zookeeperPort = zookeeperPort;
    nodeFile = new NodeFile(folder.run().resolve(NODE + ".yaml"), config);
  }

  /**
   * The settings that {@code up} decides itself.
   *
   * @return values by key
   */
  static Map<String, String> decided(DataFolder folder, int zookeeperPort) {
    String zookeeper = "127.0.0.1:" + zookeeperPort;
    return Map.of(
        "node.facesFile", facesFile(folder).toString(),
        "zookeeper.connect", zookeeper,
        "hbase.zookeeper", zookeeper,
        "hbase.znodeParent", HBASE_ZNODE,
        "directory.namespace", "directory");
  }

  List<Service> all() {
    return List.of(zookeeper(), hbase(), node());
  }

  /** Takes away what an earlier run left, which would be taken for this one's. */
  void clear() throws IOException {
    Files.deleteIfExists(facesFile(folder));
    Files.deleteIfExists(readyFile(ZOOKEEPER));
    Files.deleteIfExists(readyFile(HBASE));
  }

  /** Where the node listens, once it does. */
  Optional<Ready.Faces> faces() {
    return Health.faces(facesFile(folder));
  }

  private static Path facesFile(DataFolder folder) {
    return folder.run().resolve(NODE + ".faces.json");
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

  private Service node() {
    List<String> arguments =
        List.of(
            "-Xms64m",
            "-Xmx768m",
            "-XX:+ExitOnOutOfMemoryError",
            "-cp",
            home.lib() + "/*",
            "io.tributary.server.Main",
            "--config",
            nodeFile.file().toString(),
            "--child");
    return new Service(NODE, bounds(120, 12), () -> node(arguments), this::nodeIsReady);
  }

  private ProcessBuilder node(List<String> arguments) throws IOException {
    nodeFile.write(faces());
    Files.deleteIfExists(facesFile(folder));
    return command(arguments);
  }

  private boolean nodeIsReady() {
    return faces()
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
