package io.tributary.server.api;

import com.google.protobuf.Message.Builder;
import io.reactivex.rxjava3.core.Single;
import io.tributary.channels.Conversations;
import io.tributary.channels.Conversations.Submission;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.message.ClientId;
import io.tributary.codecs.message.Content;
import io.tributary.codecs.message.Folder;
import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.Position;
import io.tributary.discovery.directory.UserAccount;
import io.tributary.mailbox.Command;
import io.tributary.mailbox.CommandOutcome;
import io.tributary.mailbox.ContactView;
import io.tributary.server.api.MailboxRequests.Many;
import io.tributary.server.api.Refusal.Field;
import io.tributary.server.mailbox.MailboxRequest;
import io.tributary.server.router.MailboxCommands;
import io.tributary.server.router.MailboxReads;
import io.tributary.v1.Change;
import io.tributary.v1.Contact;
import io.tributary.v1.DeleteRequest;
import io.tributary.v1.Message;
import io.tributary.v1.ModifyRequest;
import io.tributary.v1.SendRequest;
import io.tributary.v1.SetContactRequest;
import io.tributary.v1.UndoRequest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The changes of {@code MailboxService}, whichever face they come through. Success means: it is in
 * the mailbox's log. All signal {@link Refusal} and whatever storage signals. Safe for any thread.
 */
public final class MailboxWriting {
  private static final String DEVICE = "api";
  private static final Many RECIPIENTS = new Many(1_000);
  private static final Many CONTACT_ADDRESSES = new Many(50);
  private static final Many NAME = new Many(200);
  private static final Many SUBJECT = new Many(Content.SUBJECT_CHARACTERS_MAX);

  private final Accounts accounts;
  private final Conversations conversations;
  private final MailboxCommands commands;
  private final MailboxReads reads;
  private final RandomGenerator random;

  /**
   * @param random for requests that bring no id of their own; safe for any thread
   */
  public MailboxWriting(
      Accounts accounts,
      Conversations conversations,
      MailboxCommands commands,
      MailboxReads reads,
      RandomGenerator random) {
    this.accounts = accounts;
    this.conversations = conversations;
    this.commands = commands;
    this.reads = reads;
    this.random = random;
  }

  public Single<Message> send(Caller caller, SendRequest request) {
    Submission submission = submission(request);
    return accounts
        .visible(caller, MailboxRequests.USER, request.getUser())
        .flatMap(account -> send(account, submission));
  }

  private Single<Message> send(UserAccount account, Submission submission) {
    return conversations
        .send(account.id(), submission)
        .map(Outcomes::sent)
        .flatMap(
            done ->
                done.message().map(Single::just).orElseGet(() -> read(account, done.position())))
        .map(MailboxMessages::message);
  }

  private Single<io.tributary.codecs.message.MessageView> read(
      UserAccount account, Position position) {
    MessageId id = new MessageId(account.id(), position);
    return reads
        .read(account, mailbox -> new MailboxRequest.GetMessage(mailbox, id))
        .map(Outcomes::found);
  }

  private Submission submission(SendRequest request) {
    Field text = new Field("text");
    if (request.getText().isEmpty()) {
      throw Refusal.invalid(text, "is needed");
    }
    if (request.getThread().isEmpty() == (request.getToCount() == 0)) {
      throw Refusal.invalid(new Field("to"), "either this or thread is needed, not both");
    }
    return new Submission(
        client(request),
        MailboxRequests.optionalId(MailboxRequests.THREAD, request.getThread()),
        MailboxRequests.addresses(new Field("to"), request.getToList(), RECIPIENTS),
        MailboxRequests.text(new Field("subject"), request.getSubject(), SUBJECT),
        request.getText());
  }

  private ClientId client(SendRequest request) {
    String device = request.getDevice().isEmpty() ? DEVICE : request.getDevice();
    if (device.length() > ClientId.DEVICE_CHARACTERS_MAX) {
      throw Refusal.invalid(new Field("device"), "at most 64 characters");
    }
    return new ClientId(
        device, UserRequests.requestId(request.getRequestId()).orElseGet(this::drawId));
  }

  private String drawId() {
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
  }

  public Single<Change> modify(Caller caller, ModifyRequest request) {
    Command.Scope scope = MailboxRequests.scope(request.getThread(), request.getMessagesList());
    Command.Edit edit = edit(request);
    Position readUpTo = MailboxRequests.position(new Field("read_seq"), request.getReadSeq());
    mustFit(scope, edit, readUpTo.value() > 0);
    if (edit.equals(NO_EDIT) && readUpTo.value() == 0) {
      throw Refusal.invalid(new Field("add_flags"), "nothing is to be changed");
    }
    RequestKeys keys = keys(request.toBuilder(), request.getRequestId());
    return accounts
        .visible(caller, MailboxRequests.USER, request.getUser())
        .flatMap(owner -> modify(owner, keys, new Wish(scope, edit, readUpTo)));
  }

  private record Wish(Command.Scope scope, Command.Edit edit, Position readUpTo) {
    boolean edits() {
      return !edit.equals(NO_EDIT);
    }

    boolean reads() {
      return readUpTo.value() > 0;
    }

    Command markRead(Command.Request request) {
      return new Command.MarkRead(request, scope.thread().orElseThrow(), readUpTo);
    }

    Command modify(Command.Request request) {
      return new Command.Modify(request, scope, edit);
    }
  }

  /** Two commands if it is both; the change that can be undone is the edit. */
  private Single<Change> modify(UserAccount owner, RequestKeys keys, Wish wish) {
    if (!wish.reads()) {
      return execute(owner, wish.modify(keys.of("modify")));
    }
    if (!wish.edits()) {
      return execute(owner, wish.markRead(keys.of("read")));
    }
    return execute(owner, wish.markRead(keys.further("read")))
        .flatMap(read -> execute(owner, wish.modify(keys.of("modify"))));
  }

  private static final Command.Edit NO_EDIT =
      new Command.Edit(List.of(), List.of(), Optional.empty(), Optional.empty());

  private static Command.Edit edit(ModifyRequest request) {
    List<String> added = MailboxRequests.flags(new Field("add_flags"), request.getAddFlagsList());
    Field field = new Field("remove_flags");
    List<String> removed = MailboxRequests.flags(field, request.getRemoveFlagsList());
    if (removed.stream().anyMatch(added::contains)) {
      throw Refusal.invalid(field, "a flag can't be both added and removed");
    }
    Optional<Folder> folder = MailboxRequests.folder(request.getFolder());
    return new Command.Edit(added, removed, folder, Optional.empty());
  }

  private static void mustFit(Command.Scope scope, Command.Edit edit, boolean reads) {
    if (scope.thread().isEmpty() && edit.folder().isPresent()) {
      throw Refusal.invalid(new Field("folder"), "is of a thread, not of messages");
    }
    if (scope.thread().isEmpty() && reads) {
      throw Refusal.invalid(new Field("read_seq"), "is of a thread, not of messages");
    }
  }

  public Single<Change> delete(Caller caller, DeleteRequest request) {
    Command.Scope scope = MailboxRequests.scope(request.getThread(), request.getMessagesList());
    Command.Edit deletion =
        new Command.Edit(List.of(), List.of(), Optional.empty(), Optional.of(true));
    RequestKeys keys = keys(request.toBuilder(), request.getRequestId());
    return accounts
        .visible(caller, MailboxRequests.USER, request.getUser())
        .flatMap(owner -> execute(owner, new Command.Modify(keys.of("delete"), scope, deletion)));
  }

  public Single<Change> undo(Caller caller, UndoRequest request) {
    Field field = new Field("seq");
    Position change = MailboxRequests.position(field, request.getSeq());
    if (change.value() == 0) {
      throw Refusal.invalid(field, "is needed: the seq of a change");
    }
    RequestKeys keys = keys(request.toBuilder(), request.getRequestId());
    return accounts
        .visible(caller, MailboxRequests.USER, request.getUser())
        .flatMap(owner -> execute(owner, new Command.Undo(keys.of("undo"), change)));
  }

  private Single<Change> execute(UserAccount owner, Command command) {
    return commands
        .execute(owner, command)
        .map(Outcomes::done)
        .map(done -> Outcomes.change(done.position()));
  }

  public Single<Contact> setContact(Caller caller, SetContactRequest request) {
    Optional<MessageId> id = MailboxRequests.optionalId(MailboxRequests.ID, request.getId());
    Field field = new Field("addresses");
    List<Address> addresses =
        MailboxRequests.addresses(field, request.getAddressesList(), CONTACT_ADDRESSES);
    if (id.isEmpty() && addresses.isEmpty()) {
      throw Refusal.invalid(field, "a new contact has at least one");
    }
    String name = MailboxRequests.text(new Field("name"), request.getName(), NAME).strip();
    RequestKeys keys = keys(request.toBuilder(), request.getRequestId());
    Command command = new Command.SetContact(keys.of("contact"), id, name, addresses);
    return accounts
        .visible(caller, MailboxRequests.USER, request.getUser())
        .flatMap(owner -> setContact(owner, command, new Known(id, name, addresses)));
  }

  private record Known(Optional<MessageId> id, String name, List<Address> addresses) {}

  /** A new contact is named by the position of the action that made it. */
  private Single<Contact> setContact(UserAccount owner, Command command, Known known) {
    return commands
        .execute(owner, command)
        .map(Outcomes::done)
        .map(CommandOutcome.Done::position)
        .map(position -> known.id().orElseGet(() -> new MessageId(owner.id(), position)))
        .map(
            id ->
                MailboxMessages.contact(
                    new ContactView(
                        id, known.name(), known.addresses().stream().sorted().toList())));
  }

  private static RequestKeys keys(Builder request, String requestId) {
    return RequestKeys.of(request, UserRequests.requestId(requestId));
  }
}
