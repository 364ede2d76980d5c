package io.tributary.cli.up;

import io.tributary.cli.data.Ready;
import io.tributary.cli.shell.HostPort;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Whether a node serves. */
final class Health {
  private static final int ANSWER_MAX_MILLIS = 1_000;

  private Health() {}

  /** Where it listens, as it wrote down itself; empty until it has. */
  static Optional<Ready.Faces> faces(Path file) {
    try {
      return Files.exists(file)
          ? Optional.of(Ready.Faces.parse(Files.readString(file)))
          : Optional.empty();
    } catch (IOException | IllegalArgumentException halfWritten) {
      return Optional.empty();
    }
  }

  /** Whether it says so on its operations face. */
  static boolean isReady(HostPort ops) {
    try {
      URI uri = URI.create("http://" + ops.reachable() + "/healthz/ready");
      HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
      connection.setConnectTimeout(ANSWER_MAX_MILLIS);
      connection.setReadTimeout(ANSWER_MAX_MILLIS);
      try {
        return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
      } finally {
        connection.disconnect();
      }
    } catch (IOException notYet) {
      return false;
    }
  }
}
