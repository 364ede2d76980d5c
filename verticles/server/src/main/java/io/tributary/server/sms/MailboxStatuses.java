package io.tributary.server.sms;

import io.reactivex.rxjava3.core.Single;
import io.tributary.channels.sms.SmsStatusIntake;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.Recipient;
import io.tributary.codecs.message.SmsStatus;
import io.tributary.discovery.directory.Directory;
import io.tributary.mailbox.Command;
import io.tributary.mailbox.CommandOutcome;
import io.tributary.server.router.MailboxCommands;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notes reports in the mailbox of the user whose number an SMS went out from. */
public final class MailboxStatuses implements SmsStatusIntake {
  private static final Logger LOG = LoggerFactory.getLogger(MailboxStatuses.class);

  /** A repetition is told by the mailbox's own rule: a state never goes back. */
  private static final Command.Request WITHOUT_KEY =
      new Command.Request(Optional.empty(), Bytes.ofOwned(new byte[16]));

  private final Directory directory;
  private final MailboxCommands commands;

  public MailboxStatuses(Directory directory, MailboxCommands commands) {
    this.directory = directory;
    this.commands = commands;
  }

  @Override
  public Single<Outcome> note(Recipient sender, SmsStatus status) {
    return directory
        .byId(sender.user())
        .flatMapSingle(
            account -> commands.execute(account, new Command.NoteSmsStatus(WITHOUT_KEY, status)))
        .defaultIfEmpty(new CommandOutcome.NotHere())
        .map(MailboxStatuses::outcome)
        .onErrorReturn(MailboxStatuses::failed);
  }

  private static Outcome outcome(CommandOutcome outcome) {
    if (outcome instanceof CommandOutcome.Retry retry) {
      return new Outcome.Retry(retry.reason());
    }
    return outcome instanceof CommandOutcome.NotHere
        ? new Outcome.Retry("mailbox is being moved")
        : new Outcome.Noted();
  }

  private static Outcome failed(Throwable failure) {
    LOG.info("event=sms.status_failed reason=\"{}\"", failure.toString());
    return new Outcome.Retry("the directory gave no answer");
  }
}
