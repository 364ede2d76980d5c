package io.tributary.server.router;

import io.reactivex.rxjava3.core.Single;
import io.tributary.discovery.directory.Directory;
import io.tributary.discovery.directory.UserAccount;
import io.tributary.mailbox.Command;
import io.tributary.mailbox.CommandOutcome;
import io.tributary.mailbox.MailboxRef;
import io.tributary.server.cell.Mailboxes;
import io.tributary.server.cell.NotNowException;
import io.tributary.server.cell.Routes.Route;
import io.tributary.server.mailbox.MailboxRequest;
import io.tributary.server.router.Credits.Permit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leads commands to the mailbox of an account. Safe for any thread. */
public final class MailboxCommands {
  private static final Logger LOG = LoggerFactory.getLogger(MailboxCommands.class);

  private final Directory directory;
  private final Credits credits;
  private final Mailboxes mailboxes;

  public MailboxCommands(Directory directory, Mailboxes mailboxes, Credits credits) {
    this.directory = directory;
    this.credits = credits;
    this.mailboxes = mailboxes;
  }

  /**
   * What the mailbox answers. If it is not where the account said, the account is read once more.
   * An answer that does not come is {@link CommandOutcome.Retry}.
   *
   * <p>Signals only what the directory signals.
   */
  public Single<CommandOutcome> execute(UserAccount account, Command command) {
    return ask(account, command)
        .flatMap(
            outcome ->
                outcome instanceof CommandOutcome.NotHere
                    ? again(account, command)
                    : Single.just(outcome));
  }

  private Single<CommandOutcome> again(UserAccount before, Command command) {
    return directory
        .byId(before.id())
        .filter(now -> now.generation() != before.generation())
        .flatMapSingle(now -> ask(now, command))
        .defaultIfEmpty(new CommandOutcome.NotHere());
  }

  private Single<CommandOutcome> ask(UserAccount account, Command command) {
    return Single.defer(
        () ->
            mailboxes.routeTo(account.id()) instanceof Route.Away away
                ? Single.just(new CommandOutcome.Retry(away.reason()))
                : askHere(account, command));
  }

  private Single<CommandOutcome> askHere(UserAccount account, Command command) {
    return credits
        .take(account.id(), mailboxes.routeTo(account.id()).cell())
        .map(permit -> askWith(permit, account, command))
        .orElseGet(() -> Single.just(new CommandOutcome.Retry("too much is on its way already")));
  }

  /** The permit is back before the outcome is told. */
  private Single<CommandOutcome> askWith(Permit permit, UserAccount account, Command command) {
    MailboxRef mailbox = new MailboxRef(account.id(), account.generation());
    return Single.using(
            () -> permit,
            taken -> mailboxes.ask(account.id(), new MailboxRequest.Execute(mailbox, command)),
            Permit::giveBack)
        .onErrorReturn(MailboxCommands::noAnswer);
  }

  private static CommandOutcome noAnswer(Throwable failure) {
    if (failure instanceof NotNowException notNow) {
      return new CommandOutcome.Retry(notNow.reason());
    }
    LOG.warn("event=router.command_failed reason=\"{}\"", failure.toString());
    return new CommandOutcome.Retry("the mailbox does not answer");
  }
}
