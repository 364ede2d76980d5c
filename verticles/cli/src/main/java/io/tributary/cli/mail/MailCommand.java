package io.tributary.cli.mail;

import io.tributary.cli.data.DataOption;
import io.tributary.cli.shell.Failure;
import io.tributary.cli.shell.HostPort;
import io.tributary.cli.shell.Noun;
import io.tributary.cli.shell.Plain;
import io.tributary.cli.shell.Shell;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code mail send}. */
@Command(
    name = "mail",
    description = "Mail, as the outside world sends it.",
    mixinStandardHelpOptions = true,
    subcommands = MailCommand.Send.class)
public final class MailCommand extends Noun {

  @Command(
      name = "send",
      description = {
        "Sends a mail by SMTP: to all recipients, or to none.",
        "With --file: the file's bytes; line ends become CRLF if the file has none of those."
      },
      mixinStandardHelpOptions = true)
  static final class Send implements Callable<Integer> {
    @Option(names = "--to", required = true, paramLabel = "ADDRESS", description = "Repeatable.")
    private List<String> to = List.of();

    @Option(
        names = "--from",
        paramLabel = "ADDRESS",
        defaultValue = "you@elsewhere.example",
        description = "Default: ${DEFAULT-VALUE}.")
    private String from = "";

    @Option(names = "--subject", paramLabel = "LINE", description = "Default: none.")
    private String subject = "";

    @ArgGroup(multiplicity = "1")
    private Content content = new Content();

    @Option(
        names = "--smtp",
        paramLabel = "HOST:PORT",
        description = "The server. Default: the data folder's.")
    private Optional<String> smtp = Optional.empty();

    @Mixin private DataOption data = new DataOption();

    @Option(
        names = "--timeout",
        paramLabel = "SECONDS",
        defaultValue = "60",
        description = "How long all may take. Default: ${DEFAULT-VALUE}.")
    private int timeoutSeconds = 60;

    @Option(names = "--json", description = "One JSON object with the server's reply.")
    private boolean json;

    @Spec private CommandSpec spec = CommandSpec.create();

    private final Shell shell;

    /** One of the two. */
    static final class Content {
      @Option(names = "--text", paramLabel = "TEXT", description = "The text of the mail.")
      private @Nullable String text;

      @Option(names = "--file", paramLabel = "FILE", description = "A whole mail, as it is.")
      private @Nullable Path file;
    }

    Send(Shell shell) {
      this.shell = shell;
    }

    @Override
    public Integer call() {
      Address sender = address("--from", from);
      List<Address> recipients = to.stream().map(one -> address("--to", one)).toList();
      if (subject.chars().anyMatch(Character::isISOControl) || timeoutSeconds < 1) {
        throw wrong("--subject is one line of text, and --timeout at least 1");
      }
      HostPort server = server();
      SmtpClient.Envelope envelope = new SmtpClient.Envelope(sender, recipients);
      SmtpReply reply = send(server, envelope, message(sender, recipients));
      if (json) {
        JsonObject said =
            new JsonObject().put("smtp", server.toString()).put("reply", reply.text());
        shell.out().println(said.encode());
      } else {
        shell.out().println("accepted by " + server + ": " + Plain.line(reply.text()));
      }
      return 0;
    }

    private SmtpReply send(HostPort server, SmtpClient.Envelope envelope, byte[] message) {
      try {
        return SmtpClient.send(server, Duration.ofSeconds(timeoutSeconds), envelope, message);
      } catch (SmtpClient.RefusedException refused) {
        String why = Plain.line(String.valueOf(refused.getMessage()));
        throw failure(refused.isInDoubt() ? why + ": " + doubt() : "nothing was sent: " + why);
      } catch (ConnectException nobody) {
        String start = "; start it with `" + shell.launcher() + " up`, or name another with --smtp";
        throw failure("nothing listens on " + server + start);
      } catch (SocketTimeoutException late) {
        throw failure("no answer from " + server + " in time: " + doubt());
      } catch (IOException broken) {
        String why = Plain.line(String.valueOf(broken.getMessage()));
        throw failure(server + ": " + why + ": " + doubt());
      }
    }

    private String doubt() {
      return content.file != null
          ? "it may have arrived; sending the same file again makes no second copy"
          : "it may have arrived; look before you send it again";
    }

    private byte[] message(Address sender, List<Address> recipients) {
      Path file = content.file;
      if (file != null) {
        return read(file);
      }
      String text = Optional.ofNullable(content.text).orElse("");
      Mail mail = new Mail(sender, recipients, subject, text);
      return mail.bytes(UUID.randomUUID(), Instant.now());
    }

    private static byte[] read(Path file) {
      try {
        return DotStuffing.withNetworkLineEnds(Files.readAllBytes(file));
      } catch (IOException unreadable) {
        throw failure("can't read " + file + " (" + unreadable.getMessage() + ")");
      }
    }

    private HostPort server() {
      return smtp.map(this::hostPort)
          .orElseGet(
              () ->
                  data.installation(shell)
                      .readyOrExplain("--smtp HOST:PORT")
                      .faces()
                      .smtp()
                      .reachable());
    }

    private HostPort hostPort(String written) {
      try {
        return HostPort.parse(written);
      } catch (IllegalArgumentException malformed) {
        throw wrong("--smtp: " + malformed.getMessage());
      }
    }

    private Address address(String option, String written) {
      try {
        return Address.parse(written);
      } catch (IllegalArgumentException malformed) {
        throw wrong(option + ": " + malformed.getMessage());
      }
    }

    private ParameterException wrong(String message) {
      return new ParameterException(spec.commandLine(), message);
    }

    private static Failure failure(String line) {
      return new Failure("mail send: " + line);
    }
  }
}
