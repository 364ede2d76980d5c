package io.tributary.cli.up;

import io.tributary.cli.data.DataFolder;
import io.tributary.cli.data.PrivateFile;
import io.tributary.cli.data.Ready;
import io.tributary.config.ConfigLoader;
import io.tributary.config.ConfigWriter;
import io.tributary.config.TributaryConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files of the nodes of one {@code up}. The first node is as configured; the others differ in
 * their name, and listen on free ports.
 */
final class NodeFiles {
  private final DataFolder folder;
  private final TributaryConfig config;
  private final List<NodeFile> files = new ArrayList<>();

  NodeFiles(DataFolder folder, TributaryConfig config, int count) throws IOException {
    this.folder = folder;
    this.config = config;
    for (int number = 1; number <= count; number++) {
      Path file = folder.run().resolve(Services.nodeName(number) + ".yaml");
      files.add(new NodeFile(file, number == 1 ? config : another(number, file)));
    }
  }

  /** That of the first node. */
  TributaryConfig config() {
    return config;
  }

  int count() {
    return files.size();
  }

  Path file(int number) {
    return files.get(number - 1).file();
  }

  void write(int number, Optional<Ready.Faces> faces) throws IOException {
    files.get(number - 1).write(faces);
  }

  /** Where a node says on which ports it listens. */
  static Path faces(DataFolder folder, int number) {
    return folder.run().resolve(Services.nodeName(number) + ".faces.json");
  }

  /** Takes away what an earlier run left, which would be taken for this one's. */
  void clear() throws IOException {
    for (int number = 1; number <= Services.NODES_MAX; number++) {
      Files.deleteIfExists(faces(folder, number));
    }
  }

  /** {@code n1} is followed by {@code n2}, any other name by itself with a number. */
  private TributaryConfig another(int number, Path file) throws IOException {
    String id = config.node().id();
    String base = id.endsWith("1") ? id.substring(0, id.length() - 1) : id + "-";
    Map<String, String> overrides =
        Map.of(
            "node.id", base + number,
            "node.facesFile", faces(folder, number).toString(),
            "smtp.port", "0",
            "http.port", "0",
            "grpc.port", "0",
            "ops.port", "0",
            "cell.port", "0");
    PrivateFile.write(file, ConfigWriter.yaml(config));
    return ConfigLoader.load(Optional.of(file), Map.of(), overrides);
  }
}
