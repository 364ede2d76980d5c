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
  private Optional<Ready.Faces> lastKnown = Optional.empty();

  NodeFile(Path file, TributaryConfig config) {
    this.file = file;
    this.config = config;
  }

  TributaryConfig config() {
    return config;
  }

  /** Where the node listens in this life; it may take that away when it ends in order. */
  void listens(Ready.Faces faces) {
    lastKnown = Optional.of(faces);
  }

  /**
   * Writes it for the next start.
   *
   * @param left where the node listened in its last life, if that was still told at its end
   */
  void write(Optional<Ready.Faces> left) throws IOException {
    PrivateFile.write(file, ConfigWriter.yaml(config));
    Optional<Ready.Faces> faces = left.or(() -> lastKnown);
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
