package io.tributary.cli.up;

import io.tributary.cli.data.Ready;
import io.tributary.cli.data.Trust;
import io.tributary.cli.shell.HostPort;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;

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

  /**
   * Whether it says so on its operations face.
   *
   * @param certificate what it encrypts with, if it does: its own, so no name is compared
   */
  static boolean isReady(HostPort ops, Optional<Path> certificate) {
    try {
      String scheme = certificate.isPresent() ? "https://" : "http://";
      URI uri = URI.create(scheme + ops.reachable() + "/healthz/ready");
      HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
      if (connection instanceof HttpsURLConnection encrypted) {
        Trust.inOnly(certificate.orElseThrow(), encrypted);
      }
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
