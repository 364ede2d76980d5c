package io.tributary.cli.api;

import io.tributary.cli.shell.Noun;
import io.tributary.cli.shell.Shell;
import io.tributary.v1.DirectoryServiceGrpcClient;
import io.tributary.v1.IssueTokenRequest;
import io.tributary.v1.IssueTokenResponse;
import io.tributary.v1.RevokeTokenRequest;
import io.tributary.v1.RevokeTokenResponse;
import io.tributary.v1.TokenScope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code token issue|revoke}. */
@Command(
    name = "token",
    description = "Keys to the API.",
    mixinStandardHelpOptions = true,
    subcommands = {TokenCommand.Issue.class, TokenCommand.Revoke.class})
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

  @Command(
      name = "revoke",
      description = {
        "Ends a token's validity for ever: one of your own, or any with an operator's.",
        "Without TOKEN it is read from standard input, so that no list of processes shows it."
      },
      mixinStandardHelpOptions = true)
  static final class Revoke extends ApiCommand {
    @Parameters(arity = "0..1", paramLabel = "TOKEN", description = "trb_…")
    private Optional<String> secret = Optional.empty();

    Revoke(Shell shell) {
      super(shell);
    }

    @Override
    int run(Api api) {
      RevokeTokenRequest request =
          RevokeTokenRequest.newBuilder().setToken(secret.orElseGet(Revoke::read)).build();
      RevokeTokenResponse answer = api.call(DirectoryServiceGrpcClient.RevokeToken, request);
      if (json()) {
        print(answer);
      } else {
        shell().out().println(answer.getRevoked() ? "revoked" : "there is no such token");
      }
      return answer.getRevoked() ? 0 : 1;
    }

    private static String read() {
      try {
        byte[] line = System.in.readNBytes(256);
        return new String(line, StandardCharsets.UTF_8).strip();
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }
  }
}
