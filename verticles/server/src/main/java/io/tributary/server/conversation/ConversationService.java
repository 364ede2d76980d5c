package io.tributary.server.conversation;

import io.reactivex.rxjava3.core.Single;
import io.tributary.channels.Conversations;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.Content;
import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.MessageView;
import io.tributary.codecs.message.Position;
import io.tributary.discovery.directory.Directory;
import io.tributary.discovery.directory.UserAccount;
import io.tributary.mailbox.Command;
import io.tributary.mailbox.CommandOutcome;
import io.tributary.mailbox.MailboxRef;
import io.tributary.mailbox.ReadOutcome;
import io.tributary.mailbox.ThreadPeople;
import io.tributary.server.conversation.Recipients.Found;
import io.tributary.server.mailbox.MailboxRequest;
import io.tributary.server.router.MailboxCommands;
import io.tributary.server.router.MailboxReads;
import io.tributary.server.router.PeopleLookup;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Conversations over the directory and the mailboxes. Safe for any thread. */
public final class ConversationService implements Conversations {
  private static final Logger LOG = LoggerFactory.getLogger(ConversationService.class);

  private final Directory directory;
  private final MailboxReads reads;
  private final MailboxCommands commands;
  private final Recipients recipients;

  public ConversationService(
      Directory directory, MailboxReads reads, MailboxCommands commands, PeopleLookup people) {
    this.directory = directory;
    this.reads = reads;
    this.commands = commands;
    this.recipients = new Recipients(directory, people);
  }

  @Override
  public Single<Outcome> send(UserId sender, Submission submission) {
    Optional<Outcome> refusal = refusal(submission);
    return refusal.isPresent()
        ? Single.just(refusal.get())
        : forAccount(sender, account -> sendAs(account, submission));
  }

  private static Optional<Outcome> refusal(Submission submission) {
    int textBytes = submission.text().getBytes(StandardCharsets.UTF_8).length;
    if (textBytes == 0 || textBytes > Content.TEXT_BYTES_MAX) {
      return invalid("text: 1 to " + Content.TEXT_BYTES_MAX + " bytes of UTF-8, not " + textBytes);
    }
    if (submission.subject().length() > Content.SUBJECT_CHARACTERS_MAX) {
      return invalid("subject: at most " + Content.SUBJECT_CHARACTERS_MAX + " characters");
    }
    if (submission.thread().isPresent() != submission.to().isEmpty()) {
      return invalid("to: either this or thread is needed, not both");
    }
    return Optional.empty();
  }

  private static Optional<Outcome> invalid(String reason) {
    return Optional.of(new Outcome.Refused(Code.INVALID, reason));
  }

  private Single<Outcome> sendAs(UserAccount sender, Submission submission) {
    return found(sender, submission)
        .flatMap(
            found ->
                found instanceof Found.Targets targets
                    ? send(sender, submission, targets.targets())
                    : Single.just(((Found.No) found).refusal()));
  }

  private Single<Found> found(UserAccount sender, Submission submission) {
    return submission
        .thread()
        .map(thread -> inThread(sender, thread))
        .orElseGet(() -> recipients.byAddresses(sender.id(), submission.to()));
  }

  private Single<Found> inThread(UserAccount sender, MessageId thread) {
    return reads
        .read(sender, mailbox -> new MailboxRequest.PeopleOfThread(mailbox, thread))
        .flatMap(
            read ->
                read instanceof ReadOutcome.Found<ThreadPeople> people
                    ? recipients.inThread(sender.id(), people.value())
                    : noPeople(read));
  }

  private static Single<Found> noPeople(ReadOutcome<ThreadPeople> read) {
    return read instanceof ReadOutcome.NoSuch<ThreadPeople>
        ? Single.just(
            new Found.No(new Outcome.Refused(Code.NO_SUCH_THREAD, "thread: no such thread")))
        : Single.error(new NotNow(reason(read)));
  }

  private Single<Outcome> send(
      UserAccount sender, Submission submission, List<Command.Target> targets) {
    Command.Send command =
        new Command.Send(
            Requests.of(submission),
            submission.client(),
            submission.thread(),
            targets,
            submission.subject(),
            submission.text());
    return commands
        .execute(sender, command)
        .flatMap(
            outcome ->
                outcome instanceof CommandOutcome.Done done && done.repeated()
                    ? original(sender, done)
                    : Single.just(outcome(outcome)));
  }

  /** A repetition is answered with the message that the first one made. */
  private Single<Outcome> original(UserAccount sender, CommandOutcome.Done done) {
    MessageId id = new MessageId(sender.id(), done.position());
    return reads
        .read(sender, mailbox -> new MailboxRequest.GetMessage(mailbox, id))
        .map(
            read ->
                read instanceof ReadOutcome.Found<MessageView> message
                    ? new Outcome.Done(done.position(), true, Optional.of(message.value()))
                    : new Outcome.Retry(reason(read)));
  }

  @Override
  public Single<Outcome> markRead(UserId user, MessageId thread, Position upTo) {
    return forAccount(
        user,
        account ->
            commands
                .execute(account, new Command.MarkRead(Requests.NONE, thread, upTo))
                .map(ConversationService::outcome));
  }

  @Override
  public Single<Set<UserId>> usersIn(UserId user, MessageId thread) {
    return read(user, mailbox -> new MailboxRequest.PeopleOfThread(mailbox, thread))
        .map(found -> found.map(ThreadPeople::users).orElseGet(Set::of));
  }

  @Override
  public Single<Optional<MessageId>> threadWith(UserId user, Set<UserId> people) {
    return read(user, mailbox -> new MailboxRequest.ThreadOf(mailbox, people));
  }

  @Override
  public Single<List<UserId>> recentPeers(UserId user, int max) {
    return read(user, mailbox -> new MailboxRequest.RecentPeers(mailbox, max))
        .map(found -> found.orElseGet(List::of));
  }

  /** What is found; nothing if it can't be had now, since nobody depends on it. */
  private <T> Single<Optional<T>> read(
      UserId user, Function<MailboxRef, MailboxRequest<ReadOutcome<T>>> question) {
    return directory
        .byId(user)
        .flatMapSingle(account -> reads.read(account, question))
        .map(ConversationService::optional)
        .defaultIfEmpty(Optional.empty())
        .onErrorReturn(failure -> Optional.empty());
  }

  private static <T> Optional<T> optional(ReadOutcome<T> read) {
    return read instanceof ReadOutcome.Found<T> found
        ? Optional.of(found.value())
        : Optional.empty();
  }

  private Single<Outcome> forAccount(UserId user, Function<UserAccount, Single<Outcome>> action) {
    return directory
        .byId(user)
        .flatMapSingle(action::apply)
        .defaultIfEmpty(new Outcome.Retry("the account is not there"))
        .onErrorReturn(ConversationService::failure);
  }

  private static Outcome outcome(CommandOutcome outcome) {
    if (outcome instanceof CommandOutcome.Done done) {
      return new Outcome.Done(done.position(), done.repeated(), Optional.empty());
    }
    if (outcome instanceof CommandOutcome.IdReused) {
      return new Outcome.Refused(Code.ID_REUSED, "id: used before for something else");
    }
    if (outcome instanceof CommandOutcome.NoSuch nothing) {
      return new Outcome.Refused(Code.NO_SUCH_THREAD, nothing.what() + ": no such");
    }
    if (outcome instanceof CommandOutcome.Invalid invalid) {
      return new Outcome.Refused(Code.INVALID, invalid.reason());
    }
    return new Outcome.Retry(
        outcome instanceof CommandOutcome.Retry retry
            ? retry.reason()
            : "the mailbox is being moved");
  }

  private static String reason(ReadOutcome<?> read) {
    return read instanceof ReadOutcome.Retry<?> retry
        ? retry.reason()
        : "the mailbox is being moved";
  }

  private static Outcome failure(Throwable failure) {
    if (failure instanceof NotNow notNow) {
      return new Outcome.Retry(notNow.reason());
    }
    LOG.info("event=conversation.failed reason=\"{}\"", failure.toString());
    return new Outcome.Retry("storage does not answer");
  }

  /** Ends a chain that can't go on now. */
  private static final class NotNow extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    NotNow(String reason) {
      super(reason, null, false, false);
      this.reason = reason;
    }

    String reason() {
      return reason;
    }
  }
}
