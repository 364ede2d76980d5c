package io.tributary.cli.chat;

import io.tributary.cli.data.Installation;
import io.tributary.cli.data.ServerOptions;
import io.tributary.cli.data.ServerOptions.Face;
import io.tributary.cli.shell.Failure;
import io.tributary.cli.shell.HostPort;
import io.tributary.cli.shell.Shell;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  @Mixin private ServerOptions options = new ServerOptions();

  @Option(
      names = "--http",
      paramLabel = "HOST:PORT",
      description = "The server. Default: TRIBUTARY_HTTP, else the data folder's.")
  private Optional<String> http = Optional.empty();

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
    HostPort server = options.server(shell, Face.HTTP, http);
    String right =
        options
            .token(shell)
            .or(() -> ofFolder(server))
            .orElseThrow(
                () -> new Failure("chat: no token of " + user + " is known" + tokenHint()));
    ChatScreen screen = new ChatScreen(shell.out(), json);
    return new ChatLoop(
            ChatSockets.to(server.reachable(), options.trusted(shell, Face.HTTP, server)),
            new Dialogue(user, right, device, screen),
            System.in)
        .run();
  }

  private String tokenHint() {
    return "; give one with --token or TRIBUTARY_TOKEN (`%s token issue --user %s` makes one)"
        .formatted(shell.launcher(), user);
  }

  private Optional<String> ofFolder(HostPort server) {
    Installation installation = options.installation(shell);
    return ServerOptions.isOwn(installation, Face.HTTP, server)
        ? installation.ready().flatMap(ready -> ready.tokenOf(user))
        : Optional.empty();
  }
}
