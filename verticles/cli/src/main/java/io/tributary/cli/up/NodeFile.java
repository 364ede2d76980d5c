package io.tributary.cli.up;

import io.tributary.cli.data.PrivateFile;
import io.tributary.cli.data.Ready;
import io.tributary.config.ConfigLoader;
import io.tributary.config.ConfigWriter;
import io.tributary.config.TributaryConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The configuration that a node is started with. It is taken once, so that a node that is started
 * again gets what it had, and listens where it did: free ports become the ones it was given.
 */
final class NodeFile {
  private final Path file;
  private TributaryConfig config;

  NodeFile(Path file, TributaryConfig config) {
    this.file = file;
    this.config = config;
  }

  TributaryConfig config() {
    return config;
  }

  /**
   * Writes it for the next start.
   *
   * @param faces where the node listened in its last life; empty if it never did
   */
  void write(Optional<Ready.Faces> faces) throws IOException {
    PrivateFile.write(file, ConfigWriter.yaml(config));
    if (faces.isPresent()) {
      config = ConfigLoader.load(Optional.of(file), Map.of(), ports(faces.get()));
      PrivateFile.write(file, ConfigWriter.yaml(config));
    }
  }

  private static Map<String, String> ports(Ready.Faces faces) {
    return Map.of(
        "smtp.port", Integer.toString(faces.smtp().port()),
        "http.port", Integer.toString(faces.http().port()),
        "grpc.port", Integer.toString(faces.grpc().port()),
        "ops.port", Integer.toString(faces.ops().port()));
  }
}
