package io.tributary.cli.api;

import io.tributary.cli.shell.Noun;
import io.tributary.cli.shell.Plain;
import io.tributary.cli.shell.Shell;
import io.tributary.cli.shell.Table;
import io.tributary.v1.Freshness;
import io.tributary.v1.GetMessageRequest;
import io.tributary.v1.MailboxServiceGrpcClient;
import io.tributary.v1.Message;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code message send|list|show|raw|part}. */
@Command(
    name = "message",
    description = "What is in a mailbox.",
    mixinStandardHelpOptions = true,
    subcommands = {
      MessageSend.class,
      MessageCommand.ListAll.class,
      MessageCommand.Show.class,
      MessageRaw.class,
      MessagePart.class
    })
public final class MessageCommand extends Noun {
  private static final int COLUMN_MAX = 40;

  @Command(
      name = "list",
      description = "The messages of a mailbox, oldest first.",
      mixinStandardHelpOptions = true)
  static final class ListAll extends ApiCommand {
    @Parameters(paramLabel = "USER", description = "Whose mailbox: a user's name.")
    private String who = "";

    @Option(names = "--thread", paramLabel = "ID", description = "Only this thread's.")
    private String thread = "";

    @Option(names = "--deleted", description = "Deleted ones too.")
    private boolean deleted;

    @Option(names = "--latest", description = "Proved against the log: nothing newer is there.")
    private boolean latest;

    ListAll(Shell shell) {
      super(shell);
    }

    @Override
    Optional<String> user() {
      return Optional.of(who);
    }

    @Override
    int run(Api api) {
      Freshness freshness = latest ? Freshness.LATEST : Freshness.COMMITTED;
      int count = new MessagePages(api, who, thread, freshness, deleted).each(this::show);
      if (count == 0 && !json()) {
        shell().err().println("no messages");
      }
      return 0;
    }

    private void show(List<Message> page) {
      if (json()) {
        page.forEach(this::print);
        return;
      }
      Table table = new Table(COLUMN_MAX, "RECEIVED", "FROM", "SUBJECT", "ID");
      for (Message message : page) {
        table.add(
            Times.written(message.getReceivedAt()),
            message.getFrom(),
            message.getSubject().isBlank() ? message.getText() : message.getSubject(),
            message.getId());
      }
      table.lines().forEach(shell().out()::println);
    }
  }

  @Command(name = "show", description = "One message.", mixinStandardHelpOptions = true)
  static final class Show extends ApiCommand {
    @Parameters(index = "0", paramLabel = "USER", description = "Whose mailbox: a user's name.")
    private String who = "";

    @Parameters(index = "1", paramLabel = "ID", description = "As `message list` shows it.")
    private String id = "";

    Show(Shell shell) {
      super(shell);
    }

    @Override
    Optional<String> user() {
      return Optional.of(who);
    }

    @Override
    int run(Api api) {
      Message message =
          api.call(
              MailboxServiceGrpcClient.GetMessage,
              GetMessageRequest.newBuilder().setUser(who).setId(id).build());
      if (json()) {
        print(message);
      } else {
        show(message);
      }
      return 0;
    }

    private void show(Message message) {
      String verified = message.getVerified() ? "" : " (not verified)";
      Table table = new Table(COLUMN_MAX, "id", message.getId());
      table.add("thread", message.getThread());
      table.add("seq", Long.toUnsignedString(message.getSeq()));
      table.add("received", Times.written(message.getReceivedAt()) + " by " + message.getChannel());
      table.add("from", message.getFrom() + verified);
      table.add("to", String.join(", ", message.getToList()));
      table.add("subject", message.getSubject());
      message
          .getRecipientsList()
          .forEach(to -> table.add("to " + to.getAddress(), to.getState().name()));
      if (message.getFlagsCount() > 0) {
        table.add("flags", String.join(" ", message.getFlagsList()));
      }
      message.getPartsList().stream().map(Show::described).forEach(it -> table.add("part", it));
      table.lines().forEach(shell().out()::println);
      shell().out().println();
      shell().out().println(Plain.text(message.getText()).stripTrailing());
    }

    private static String described(io.tributary.v1.Part part) {
      return "%d: %s, %s, %s bytes"
          .formatted(
              part.getIndex(),
              part.getName().isEmpty() ? "(no name)" : part.getName(),
              part.getContentType(),
              Long.toUnsignedString(part.getBytes()));
    }
  }
}
