package io.tributary.cli.api;

import io.tributary.cli.data.Installation;
import io.tributary.cli.data.Ready;
import io.tributary.cli.data.ServerOptions;
import io.tributary.cli.data.ServerOptions.Face;
import io.tributary.cli.shell.Failure;
import io.tributary.cli.shell.HostPort;
import io.tributary.cli.shell.Shell;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which server to ask, and with what right. */
final class ApiOptions {
  @Mixin private ServerOptions options = new ServerOptions();

  @Option(
      names = "--grpc",
      paramLabel = "HOST:PORT",
      description = "The server. Default: TRIBUTARY_GRPC, else the data folder's.")
  private Optional<String> grpc = Optional.empty();

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
    HostPort server = options.server(shell, Face.GRPC, grpc);
    Optional<String> right =
        options.token(shell).or(() -> ofFolder(options.installation(shell), server, user));
    return new Api(
        server.reachable(),
        right,
        Duration.ofSeconds(timeoutSeconds),
        options.trusted(shell, Face.GRPC, server));
  }

  /** The folder's tokens are for its own server; a stranger must not get them. */
  static Optional<String> ofFolder(
      Installation installation, HostPort server, Optional<String> user) {
    if (!ServerOptions.isOwn(installation, Face.GRPC, server)) {
      return Optional.empty();
    }
    Optional<Ready> ready = installation.ready();
    return user.flatMap(name -> ready.flatMap(it -> it.tokenOf(name)))
        .or(() -> ready.map(Ready::operatorToken).filter(secret -> !secret.isEmpty()))
        .or(() -> Installation.secret(installation.folder().operatorToken()));
  }
}
