package io.tributary.cli.api;

import io.tributary.cli.shell.Noun;
import io.tributary.cli.shell.Shell;
import io.tributary.cli.shell.Table;
import io.tributary.v1.GetMailboxRequest;
import io.tributary.v1.Mailbox;
import io.tributary.v1.MailboxServiceGrpcClient;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code mailbox show}. */
@Command(
    name = "mailbox",
    description = "Mailboxes as a whole.",
    mixinStandardHelpOptions = true,
    subcommands = MailboxCommand.Show.class)
public final class MailboxCommand extends Noun {
  private static final int COLUMN_MAX = 60;

  @Command(name = "show", description = "A mailbox in figures.", mixinStandardHelpOptions = true)
  static final class Show extends ApiCommand {
    @Parameters(paramLabel = "USER", description = "Whose mailbox: a user's name.")
    private String who = "";

    Show(Shell shell) {
      super(shell);
    }

    @Override
    Optional<String> user() {
      return Optional.of(who);
    }

    @Override
    int run(Api api) {
      Mailbox mailbox =
          api.call(
              MailboxServiceGrpcClient.GetMailbox,
              GetMailboxRequest.newBuilder().setUser(who).build());
      if (json()) {
        print(mailbox);
      } else {
        show(mailbox);
      }
      return 0;
    }

    private void show(Mailbox mailbox) {
      Table table = new Table(COLUMN_MAX, "user", mailbox.getUser());
      table.add("head", Long.toUnsignedString(mailbox.getHeadSeq()));
      table.add("messages", Long.toUnsignedString(mailbox.getMessages()));
      table.add("threads", Long.toUnsignedString(mailbox.getThreads()));
      table.add("unread", Long.toUnsignedString(mailbox.getUnread()));
      table.add("owed", Long.toUnsignedString(mailbox.getOwed()));
      mailbox
          .getSmsConsentsList()
          .forEach(
              consent ->
                  table.add(
                      consent.getStopped() ? "stopped" : "allowed",
                      consent.getPeer() + " about " + consent.getNumber()));
      mailbox
          .getSmsDeliveriesList()
          .forEach(sms -> table.add("sms", sms.getProviderMessageId() + " " + sms.getState()));
      table.lines().forEach(shell().out()::println);
    }
  }
}
