package io.tributary.server.router;

import io.reactivex.rxjava3.core.Single;
import io.tributary.discovery.directory.Directory;
import io.tributary.discovery.directory.UserAccount;
import io.tributary.mailbox.MailboxRef;
import io.tributary.mailbox.ReadOutcome;
import io.tributary.server.cell.Mailboxes;
import io.tributary.server.cell.NotNowException;
import io.tributary.server.cell.Routes.Route;
import io.tributary.server.mailbox.MailboxRequest;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leads reads to the mailbox of an account. Safe for any thread. */
public final class MailboxReads {
  private static final Logger LOG = LoggerFactory.getLogger(MailboxReads.class);

  private final Directory directory;
  private final Mailboxes mailboxes;

  public MailboxReads(Directory directory, Mailboxes mailboxes) {
    this.directory = directory;
    this.mailboxes = mailboxes;
  }

  /**
   * What the mailbox answers. If it is not where the account said, the account is read once more.
   *
   * <p>Signals only what the directory signals.
   *
   * @param question given the mailbox's name as it is known now
   */
  public <T> Single<ReadOutcome<T>> read(
      UserAccount account, Function<MailboxRef, MailboxRequest<ReadOutcome<T>>> question) {
    return ask(account, question)
        .flatMap(
            outcome ->
                outcome instanceof ReadOutcome.NotHere<T>
                    ? again(account, question)
                    : Single.just(outcome));
  }

  private <T> Single<ReadOutcome<T>> again(
      UserAccount before, Function<MailboxRef, MailboxRequest<ReadOutcome<T>>> question) {
    return directory
        .byId(before.id())
        .filter(now -> now.generation() != before.generation())
        .flatMapSingle(now -> ask(now, question))
        .defaultIfEmpty(new ReadOutcome.NotHere<>());
  }

  private <T> Single<ReadOutcome<T>> ask(
      UserAccount account, Function<MailboxRef, MailboxRequest<ReadOutcome<T>>> question) {
    return Single.defer(
        () ->
            mailboxes.routeTo(account.id()) instanceof Route.Away away
                ? Single.just(new ReadOutcome.Retry<>(away.reason()))
                : askHere(account, question));
  }

  private <T> Single<ReadOutcome<T>> askHere(
      UserAccount account, Function<MailboxRef, MailboxRequest<ReadOutcome<T>>> question) {
    MailboxRef mailbox = new MailboxRef(account.id(), account.generation());
    return mailboxes
        .ask(account.id(), question.apply(mailbox))
        .onErrorReturn(MailboxReads::noAnswer);
  }

  private static <T> ReadOutcome<T> noAnswer(Throwable failure) {
    if (failure instanceof NotNowException notNow) {
      return new ReadOutcome.Retry<>(notNow.reason());
    }
    LOG.warn("event=router.read_failed reason=\"{}\"", failure.toString());
    return new ReadOutcome.Retry<>("the mailbox does not answer");
  }
}
