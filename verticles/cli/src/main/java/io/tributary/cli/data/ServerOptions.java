package io.tributary.cli.data;

import io.tributary.cli.shell.Failure;
import io.tributary.cli.shell.HostPort;
import io.tributary.cli.shell.Shell;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which server to call, whom to trust as it, and with what right, whichever face is called. */
public final class ServerOptions {
  @Mixin private DataOption data = new DataOption();

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description =
          "Default: TRIBUTARY_TOKEN, else the data folder's: the user's, else the operator's where"
              + " that may do it.")
  private Optional<String> token = Optional.empty();

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description =
          "Encrypt, and trust these certificates (PEM). Default: TRIBUTARY_CA, else the data"
              + " folder's.")
  private Optional<Path> ca = Optional.empty();

  /**
   * A face of the server.
   *
   * @param option that names another server, for messages
   * @param variable likewise
   * @param of which of those an installation has
   */
  public record Face(
      String option, String variable, String example, Function<Ready.Faces, HostPort> of) {
    public static final Face GRPC =
        new Face("--grpc", "TRIBUTARY_GRPC", "127.0.0.1:9090", Ready.Faces::grpc);
    public static final Face HTTP =
        new Face("--http", "TRIBUTARY_HTTP", "127.0.0.1:8080", Ready.Faces::http);

    private HostPort parse(String written) {
      try {
        return HostPort.parse(written);
      } catch (IllegalArgumentException malformed) {
        throw new Failure(option + ": " + malformed.getMessage() + "; give one such as " + example);
      }
    }

    private boolean isOf(Ready ready, HostPort server) {
      return of.apply(ready.faces()).equals(server);
    }
  }

  public Installation installation(Shell shell) {
    return data.installation(shell);
  }

  /** The named one, else the installation's. */
  public HostPort server(Shell shell, Face face, Optional<String> named) {
    return named
        .or(() -> shell.variable(face.variable()))
        .map(face::parse)
        .orElseGet(
            () ->
                face.of()
                    .apply(
                        installation(shell).readyOrExplain(face.option() + " HOST:PORT").faces()));
  }

  /** A token that was given with the call. */
  public Optional<String> token(Shell shell) {
    return token.or(() -> shell.variable("TRIBUTARY_TOKEN"));
  }

  /** The folder's tokens are for its own server; a stranger must not get them. */
  public static boolean isOwn(Installation installation, Face face, HostPort server) {
    return server.isLoopback()
        || installation.ready().filter(ready -> face.isOf(ready, server)).isPresent();
  }

  /** Certificates to trust; none: it is not encrypted. Only the folder's own server has its. */
  public Optional<Path> trusted(Shell shell, Face face, HostPort server) {
    return ca.or(() -> shell.variable("TRIBUTARY_CA").map(Path::of))
        .or(
            () ->
                installation(shell)
                    .ready()
                    .filter(ready -> face.isOf(ready, server))
                    .flatMap(Ready::caFile))
        .map(ServerOptions::readable);
  }

  private static Path readable(Path file) {
    if (!Files.isReadable(file)) {
      throw new Failure("--ca: can't read " + file + "; give a PEM file with certificates");
    }
    return file;
  }
}
