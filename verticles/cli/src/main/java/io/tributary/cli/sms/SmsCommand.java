package io.tributary.cli.sms;

import io.tributary.cli.data.DataOption;
import io.tributary.cli.data.Ready;
import io.tributary.cli.shell.Failure;
import io.tributary.cli.shell.Noun;
import io.tributary.cli.shell.Plain;
import io.tributary.cli.shell.Shell;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sms send}. */
@Command(
    name = "sms",
    description = "Text messages, as a provider hands them over.",
    mixinStandardHelpOptions = true,
    subcommands = SmsCommand.Send.class)
public final class SmsCommand extends Noun {

  @Command(
      name = "send",
      description = "Sends a text message by the demo account's webhook, signed as Twilio signs.",
      mixinStandardHelpOptions = true)
  static final class Send implements Callable<Integer> {
    private static final int DONE = 204;

    @Option(
        names = "--to",
        required = true,
        paramLabel = "NUMBER",
        description = "A user's, such as +12025550101.")
    private String to = "";

    @Option(
        names = "--from",
        paramLabel = "SENDER",
        defaultValue = "+12025550177",
        description = "A number, a short code or a name. Default: ${DEFAULT-VALUE}.")
    private String from = "";

    @Option(names = "--text", required = true, paramLabel = "TEXT", description = "The message.")
    private String text = "";

    @Option(
        names = "--id",
        paramLabel = "ID",
        description = "The provider's id; the same again makes no second copy. Default: a new one.")
    private Optional<String> id = Optional.empty();

    @Mixin private DataOption data = new DataOption();

    @Option(
        names = "--timeout",
        paramLabel = "SECONDS",
        defaultValue = "60",
        description = "How long an answer may take. Default: ${DEFAULT-VALUE}.")
    private int timeoutSeconds = 60;

    private final Shell shell;

    Send(Shell shell) {
      this.shell = shell;
    }

    @Override
    public Integer call() {
      Ready installation = data.installation(shell).readyOrExplain("--data DIR");
      Webhook webhook = new Webhook(id.orElseGet(Send::newId), new Webhook.Ends(from, to), text);
      Webhook.Answer answer = send(webhook, installation);
      if (answer.status() != DONE) {
        throw failure(answer.status() + " " + Plain.line(answer.detail()));
      }
      shell.out().println("taken as " + Plain.line(webhook.id()));
      return 0;
    }

    private Webhook.Answer send(Webhook webhook, Ready installation) {
      try {
        return webhook.send(installation, Duration.ofSeconds(Math.max(1, timeoutSeconds)));
      } catch (ConnectException nobody) {
        throw failure("nothing listens on " + installation.faces().http());
      } catch (IOException broken) {
        throw failure(
            "%s: %s; it may have arrived, `--id %s` sends it again without a second copy"
                .formatted(
                    installation.faces().http(),
                    Plain.line(String.valueOf(broken.getMessage())),
                    webhook.id()));
      }
    }

    private static String newId() {
      return "SM" + UUID.randomUUID().toString().replace("-", "");
    }

    private static Failure failure(String line) {
      return new Failure("sms send: " + line);
    }
  }
}
