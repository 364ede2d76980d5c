package io.tributary.cli.api;

import io.tributary.cli.shell.Noun;
import io.tributary.cli.shell.Shell;
import io.tributary.v1.DirectoryServiceGrpcClient;
import io.tributary.v1.IssueTokenRequest;
import io.tributary.v1.IssueTokenResponse;
import io.tributary.v1.TokenScope;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code token issue}. */
@Command(
    name = "token",
    description = "Keys to the API.",
    mixinStandardHelpOptions = true,
    subcommands = TokenCommand.Issue.class)
public final class TokenCommand extends Noun {

  @Command(
      name = "issue",
      description = "Prints a new token. It is shown this once, and stored hashed.",
      mixinStandardHelpOptions = true)
  static final class Issue extends ApiCommand {
    @ArgGroup(multiplicity = "1")
    private Whose whose = new Whose();

    /** One of the two. */
    static final class Whose {
      @Option(names = "--user", paramLabel = "NAME", description = "For this user's mailbox.")
      private Optional<String> user = Optional.empty();

      @Option(names = "--operator", description = "For everything.")
      private boolean operator;
    }

    Issue(Shell shell) {
      super(shell);
    }

    @Override
    int run(Api api) {
      IssueTokenRequest request =
          IssueTokenRequest.newBuilder()
              .setUser(whose.user.orElse(""))
              .setScope(whose.operator ? TokenScope.OPERATOR : TokenScope.USER)
              .build();
      IssueTokenResponse issued = api.call(DirectoryServiceGrpcClient.IssueToken, request);
      if (json()) {
        print(issued);
      } else {
        shell().out().println(issued.getToken());
      }
      return 0;
    }
  }
}
