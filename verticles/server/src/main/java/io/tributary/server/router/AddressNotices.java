package io.tributary.server.router;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.message.Bytes;
import io.tributary.discovery.directory.MailboxAddresses;
import io.tributary.discovery.directory.UserAccount;
import io.tributary.mailbox.Command;
import io.tributary.mailbox.CommandOutcome;
import io.tributary.mailbox.MailboxRef;
import io.tributary.server.cell.Mailboxes;
import io.tributary.server.cell.Routes.Route;
import io.tributary.server.mailbox.MailboxRequest;
import io.tributary.storage.StorageUnavailableException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Tells mailboxes which addresses they have, on the directory's behalf. The directory asks nobody
 * where the account is: it has just read it. Safe for any thread.
 */
public final class AddressNotices implements MailboxAddresses {
  /** Without a key nothing is compared with it. */
  private static final Bytes NO_CONTENT = Bytes.ofOwned(ByteBuffer.allocate(16).array());

  private final Mailboxes mailboxes;

  public AddressNotices(Mailboxes mailboxes) {
    this.mailboxes = mailboxes;
  }

  @Override
  public Completable tell(UserAccount account) {
    return Single.defer(() -> ask(account)).flatMapCompletable(AddressNotices::mustBeDone);
  }

  private Single<CommandOutcome> ask(UserAccount account) {
    if (mailboxes.routeTo(account.id()) instanceof Route.Away away) {
      return Single.error(StorageUnavailableException.notApplied(away.reason()));
    }
    MailboxRef mailbox = new MailboxRef(account.id(), account.generation());
    Command command =
        new Command.SetAddresses(
            new Command.Request(Optional.empty(), NO_CONTENT), account.addresses());
    return mailboxes
        .ask(account.id(), new MailboxRequest.Execute(mailbox, command))
        .onErrorResumeNext(
            failure ->
                Single.error(
                    StorageUnavailableException.outcomeUnknown("the mailbox does not answer")));
  }

  private static Completable mustBeDone(CommandOutcome outcome) {
    if (outcome instanceof CommandOutcome.Done) {
      return Completable.complete();
    }
    return Completable.error(
        StorageUnavailableException.outcomeUnknown(
            outcome instanceof CommandOutcome.Retry retry
                ? retry.reason()
                : "the mailbox is being moved"));
  }
}
