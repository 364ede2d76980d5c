package io.tributary.cli.chat;

import io.tributary.cli.data.DataFolder;
import io.tributary.cli.data.Installation;
import io.tributary.cli.data.Ready;
import io.tributary.cli.shell.Failure;
import io.tributary.cli.shell.HostPort;
import io.tributary.cli.shell.Shell;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code chat}. */
@Command(
    name = "chat",
    description = {
      "Talks: shows the newest messages, then what comes; a line typed goes to the current thread.",
      "  /to NAME[,NAME] [TEXT]  to these people from now on",
      "  /in N [TEXT]            to thread N from now on",
      "  /threads, /quit",
      "The end of the input ends it, once everything is sent."
    },
    mixinStandardHelpOptions = true)
public final class ChatCommand implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "Whose mailbox.")
  private String user = "";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = DataFolder.DEFAULT,
      description = "Data folder of the installation. Default: ${DEFAULT-VALUE}.")
  private Path data = Path.of(DataFolder.DEFAULT);

  @Option(
      names = "--http",
      paramLabel = "HOST:PORT",
      description = "The server. Default: TRIBUTARY_HTTP, else the data folder's.")
  private Optional<String> http = Optional.empty();

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description = "The user's. Default: TRIBUTARY_TOKEN, else the data folder's.")
  private Optional<String> token = Optional.empty();

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description =
          "Encrypt, and trust these certificates (PEM). Default: TRIBUTARY_CA, else the data"
              + " folder's.")
  private Optional<Path> ca = Optional.empty();

  @Option(
      names = "--device",
      paramLabel = "NAME",
      defaultValue = "cli",
      description = "Names this device among the user's. Default: ${DEFAULT-VALUE}.")
  private String device = "cli";

  @Option(names = "--json", description = "Prints each frame as it came, one a line.")
  private boolean json;

  private final Shell shell;

  public ChatCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    Installation installation = new Installation(new DataFolder(data), shell);
    Optional<HostPort> named = http.or(() -> set("TRIBUTARY_HTTP")).map(ChatCommand::hostPort);
    HostPort server =
        named.orElseGet(() -> installation.readyOrExplain("--http HOST:PORT").faces().http());
    String right =
        token
            .or(() -> set("TRIBUTARY_TOKEN"))
            .or(() -> ofFolder(installation, server))
            .orElseThrow(
                () -> new Failure("chat: no token of " + user + " is known" + tokenHint()));
    ChatScreen screen = new ChatScreen(shell.out(), json);
    return new ChatLoop(
            ChatSockets.to(server.reachable(), trusted(installation, server)),
            new Dialogue(user, right, device, screen),
            System.in)
        .run();
  }

  private Optional<Path> trusted(Installation installation, HostPort server) {
    return ca.or(() -> set("TRIBUTARY_CA").map(Path::of))
        .or(
            () ->
                installation
                    .ready()
                    .filter(ready -> ready.faces().http().equals(server))
                    .flatMap(Ready::caFile));
  }

  private String tokenHint() {
    return "; give one with --token or TRIBUTARY_TOKEN (`%s token issue --user %s` makes one)"
        .formatted(shell.launcher(), user);
  }

  /** The folder's tokens are for its own server; a stranger must not get them. */
  private Optional<String> ofFolder(Installation installation, HostPort server) {
    Optional<Ready> ready = installation.ready();
    boolean own =
        server.isLoopback() || ready.filter(it -> it.faces().http().equals(server)).isPresent();
    return own ? ready.flatMap(it -> it.tokenOf(user)) : Optional.empty();
  }

  private Optional<String> set(String variable) {
    return Optional.ofNullable(shell.environment().get(variable)).filter(text -> !text.isBlank());
  }

  private static HostPort hostPort(String written) {
    try {
      return HostPort.parse(written);
    } catch (IllegalArgumentException malformed) {
      throw new Failure("--http: " + malformed.getMessage() + "; give one such as 127.0.0.1:8080");
    }
  }
}
