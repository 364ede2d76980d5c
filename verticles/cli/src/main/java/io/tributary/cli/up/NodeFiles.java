package io.tributary.cli.up;

import io.tributary.cli.data.DataFolder;
import io.tributary.cli.data.PrivateFile;
import io.tributary.cli.data.Ready;
import io.tributary.cli.up.Shape.Member;
import io.tributary.config.CellsConfig;
import io.tributary.config.ConfigLoader;
import io.tributary.config.ConfigWriter;
import io.tributary.config.FoundingCellConfig;
import io.tributary.config.TributaryConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files of the nodes of one {@code up}. The first node is as configured; the others differ in
 * their name and their cell, and listen on free ports.
 */
final class NodeFiles {
  private static final int WEIGHT = 100;

  private final DataFolder folder;
  private final Shape shape;
  private final TributaryConfig config;
  private final Map<Member, NodeFile> files = new LinkedHashMap<>();

  NodeFiles(DataFolder folder, TributaryConfig config, Shape shape) throws IOException {
    this.folder = folder;
    this.shape = shape;
    this.config = withCells(config, shape);
    for (Member member : shape.members()) {
      files.put(member, new NodeFile(member.config(folder), of(member)));
    }
  }

  private static TributaryConfig withCells(TributaryConfig config, Shape shape) {
    List<FoundingCellConfig> founding =
        shape.cells().stream().map(cell -> new FoundingCellConfig(cell, WEIGHT, "")).toList();
    return config.with(new CellsConfig("", founding));
  }

  Shape shape() {
    return shape;
  }

  /** That of the first node. */
  TributaryConfig config() {
    return config;
  }

  /** Where the member's cell has its tables. */
  String namespace(Member member) {
    return file(member).config().hbase().namespace();
  }

  void write(Member member, Optional<Ready.Faces> faces) throws IOException {
    file(member).write(faces);
  }

  /** Where a node listens in this life. */
  void listens(Member member, Ready.Faces faces) {
    file(member).listens(faces);
  }

  private NodeFile file(Member member) {
    return Optional.ofNullable(files.get(member)).orElseThrow();
  }

  /** Takes away what an earlier run left, which would be taken for this one's. */
  void clear() throws IOException {
    try (Stream<Path> left = Files.list(folder.run())) {
      for (Path file : left.filter(NodeFiles::tellsFaces).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static boolean tellsFaces(Path file) {
    return file.getFileName().toString().endsWith(".faces.json");
  }

  private TributaryConfig of(Member member) throws IOException {
    Map<String, String> overrides = new HashMap<>();
    overrides.put("node.id", id(member));
    overrides.put("node.cell", member.cell());
    overrides.put("node.facesFile", member.faces(folder).toString());
    overrides.put("hbase.znodeParent", "/" + shape.hbaseOf(member.cell()));
    if (shape.severalCells()) {
      overrides.put("hbase.namespace", member.cell().replace('-', '_'));
      overrides.put("directory.zookeeper", config.hbase().zookeeper());
      overrides.put("directory.znodeParent", "/" + shape.directoryHBase());
    }
    if (!member.equals(shape.front())) {
      for (String face : List.of("smtp", "http", "grpc", "ops", "cell")) {
        overrides.put(face + ".port", "0");
      }
    }
    Path file = member.config(folder);
    PrivateFile.write(file, ConfigWriter.yaml(config));
    return ConfigLoader.load(Optional.of(file), Map.of(), overrides);
  }

  /** Unique over all cells, so that logs say who is meant. */
  private String id(Member member) {
    String own = Shape.numbered(config.node().id(), member.number());
    return shape.severalCells() ? member.cell() + "-" + own : own;
  }
}
