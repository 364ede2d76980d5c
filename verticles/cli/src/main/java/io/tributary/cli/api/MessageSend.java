package io.tributary.cli.api;

import io.tributary.cli.shell.Shell;
import io.tributary.v1.MailboxServiceGrpcClient;
import io.tributary.v1.Message;
import io.tributary.v1.SendRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code message send}: as a user, by the API. */
@Command(
    name = "send",
    description = {
      "Sends a message as a user. It is in the sender's log when this says so.",
      "If the answer does not come, repeat it with the --request-id that was shown: it is sent once."
    },
    mixinStandardHelpOptions = true)
final class MessageSend extends ApiCommand {
  @Option(names = "--from", required = true, paramLabel = "USER", description = "Who sends.")
  private String from = "";

  @Option(
      names = "--to",
      paramLabel = "ADDRESS",
      split = ",",
      description = "bob, bob@example.com or +12025550102; several: one thread for that set.")
  private List<String> to = new ArrayList<>();

  @Option(names = "--thread", paramLabel = "ID", description = "Instead: everyone in it.")
  private String thread = "";

  @Option(names = "--subject", paramLabel = "TEXT", description = "Only mail shows it.")
  private String subject = "";

  @Option(names = "--text", required = true, paramLabel = "TEXT", description = "What to say.")
  private String text = "";

  @Option(
      names = "--request-id",
      paramLabel = "ID",
      description = "Repeated with the same id and content it is sent once.")
  private Optional<String> requestId = Optional.empty();

  MessageSend(Shell shell) {
    super(shell);
  }

  @Override
  Optional<String> user() {
    return Optional.of(from);
  }

  @Override
  void check() {
    if (to.isEmpty() == thread.isEmpty()) {
      throw wrong("give either --to or --thread");
    }
  }

  @Override
  int run(Api api) {
    String id = requestId.orElseGet(() -> UUID.randomUUID().toString());
    try {
      show(api.call(MailboxServiceGrpcClient.Send, request(id)));
      return 0;
    } catch (ApiException refused) {
      if (refused.isPassing() && requestId.isEmpty()) {
        shell().err().println("to repeat it: --request-id " + id);
      }
      throw refused;
    }
  }

  private SendRequest request(String id) {
    return SendRequest.newBuilder()
        .setUser(from)
        .addAllTo(to)
        .setThread(thread)
        .setSubject(subject)
        .setText(text)
        .setDevice("cli")
        .setRequestId(id)
        .build();
  }

  private void show(Message message) {
    if (json()) {
      print(message);
    } else {
      shell().out().println("sent " + message.getId() + " in thread " + message.getThread());
    }
  }
}
