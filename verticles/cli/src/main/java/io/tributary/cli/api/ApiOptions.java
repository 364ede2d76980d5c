package io.tributary.cli.api;

import io.tributary.cli.data.DataFolder;
import io.tributary.cli.data.Installation;
import io.tributary.cli.data.Ready;
import io.tributary.cli.shell.Failure;
import io.tributary.cli.shell.HostPort;
import io.tributary.cli.shell.Shell;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which server to ask, and with what right. */
final class ApiOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = DataFolder.DEFAULT,
      description = "Data folder of the installation. Default: ${DEFAULT-VALUE}.")
  private Path data = Path.of(DataFolder.DEFAULT);

  @Option(
      names = "--grpc",
      paramLabel = "HOST:PORT",
      description = "The server. Default: TRIBUTARY_GRPC, else the data folder's.")
  private Optional<String> grpc = Optional.empty();

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description =
          "Default: TRIBUTARY_TOKEN, else the data folder's: the user's, else the operator's.")
  private Optional<String> token = Optional.empty();

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description =
          "Encrypt, and trust these certificates (PEM). Default: TRIBUTARY_CA, else the data"
              + " folder's.")
  private Optional<Path> ca = Optional.empty();

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "How long each call may take. Default: ${DEFAULT-VALUE}.")
  private int timeoutSeconds = 10;

  @Option(names = "--json", description = "One JSON object a line.")
  private boolean json;

  boolean json() {
    return json;
  }

  /**
   * A client, not yet connected.
   *
   * @param user whose token will do, if the data folder has it
   */
  Api connect(Shell shell, Optional<String> user) {
    if (timeoutSeconds < 1) {
      throw new Failure("--timeout: at least 1 second, not " + timeoutSeconds);
    }
    Installation installation = new Installation(new DataFolder(data), shell);
    Optional<HostPort> named =
        grpc.or(() -> set(shell, "TRIBUTARY_GRPC")).map(ApiOptions::hostPort);
    HostPort server =
        named.orElseGet(() -> installation.readyOrExplain("--grpc HOST:PORT").faces().grpc());
    Optional<String> right =
        token
            .or(() -> set(shell, "TRIBUTARY_TOKEN"))
            .or(() -> ofFolder(installation, server, user));
    Optional<Path> trusted =
        ca.or(() -> set(shell, "TRIBUTARY_CA").map(Path::of))
            .or(() -> caOfFolder(installation, server))
            .map(ApiOptions::readable);
    return new Api(server.reachable(), right, Duration.ofSeconds(timeoutSeconds), trusted);
  }

  /** Only its own server is known to encrypt with it. */
  private static Optional<Path> caOfFolder(Installation installation, HostPort server) {
    return installation
        .ready()
        .filter(ready -> ready.faces().grpc().equals(server))
        .flatMap(Ready::caFile);
  }

  private static Path readable(Path file) {
    if (!Files.isReadable(file)) {
      throw new Failure("--ca: can't read " + file + "; give a PEM file with certificates");
    }
    return file;
  }

  /** The folder's tokens are for its own server; a stranger must not get them. */
  static Optional<String> ofFolder(
      Installation installation, HostPort server, Optional<String> user) {
    Optional<Ready> ready = installation.ready();
    boolean own =
        server.isLoopback() || ready.filter(it -> it.faces().grpc().equals(server)).isPresent();
    if (!own) {
      return Optional.empty();
    }
    return user.flatMap(name -> ready.flatMap(it -> it.tokenOf(name)))
        .or(() -> ready.map(Ready::operatorToken).filter(secret -> !secret.isEmpty()))
        .or(() -> Installation.secret(installation.folder().operatorToken()));
  }

  private static Optional<String> set(Shell shell, String variable) {
    return Optional.ofNullable(shell.environment().get(variable)).filter(text -> !text.isBlank());
  }

  private static HostPort hostPort(String written) {
    try {
      return HostPort.parse(written);
    } catch (IllegalArgumentException malformed) {
      throw new Failure("--grpc: " + malformed.getMessage() + "; give one such as 127.0.0.1:9090");
    }
  }
}
