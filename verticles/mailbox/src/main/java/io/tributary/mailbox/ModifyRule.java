package io.tributary.mailbox;

import io.tributary.codecs.log.Action.Deletion;
import io.tributary.codecs.log.Action.MarkEdit;
import io.tributary.codecs.log.Action.Modified;
import io.tributary.codecs.log.Action.Subject;
import io.tributary.codecs.log.EntryCodec;
import io.tributary.codecs.message.Folder;
import io.tributary.codecs.message.MessageId;
import io.tributary.mailbox.Command.Edit;
import io.tributary.mailbox.Command.Modify;
import io.tributary.mailbox.Command.Request;
import io.tributary.mailbox.CommandOutcome.Done;
import io.tributary.mailbox.CommandOutcome.Invalid;
import io.tributary.mailbox.CommandOutcome.NoSuch;
import io.tributary.storage.FrozenEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * How marks are changed. Flags and deletion are of the messages that are named, else of the thread;
 * the folder is the thread's. Only what differs is recorded.
 */
final class ModifyRule implements PendingCommand.Rule {
  private static final int MESSAGES_MAX = 100;
  private static final int FLAGS_MAX = 32;
  private static final int FLAG_CHARACTERS_MAX = 64;
  private static final int UTF8_BYTES_MAX = 3;
  private static final long ENTRY_BYTES_MAX = FrozenEntry.BYTES_MAX - EntryCodec.HEADER_BYTES;

  private final Modify command;

  ModifyRule(Modify command) {
    this.command = command;
  }

  @Override
  public long bytesMax() {
    Edit edit = command.edit();
    long flags = 0;
    for (List<String> each : List.of(edit.addFlags(), edit.removeFlags())) {
      for (String flag : each) {
        flags += EntryCodec.ITEM_BYTES_MAX + (long) UTF8_BYTES_MAX * flag.length();
      }
    }
    long subjects = 1L + command.scope().messages().size();
    return EntryCodec.ACTION_BYTES_MAX
        + subjects * (2L * EntryCodec.ITEM_BYTES_MAX + flags)
        + (edit.folder().isPresent() ? Promotion.BYTES_MAX : 0);
  }

  /** It is decided on marks that others of the same entry might change. */
  @Override
  public boolean alone() {
    return true;
  }

  @Override
  public Optional<CommandOutcome> settled(MailboxState committed) {
    Optional<CommandOutcome> refused = invalid().or(() -> missing(committed));
    if (refused.isPresent()) {
      return refused;
    }
    return edits(committed).isEmpty()
        ? Optional.of(new Done(committed.head(), false))
        : Optional.empty();
  }

  private Optional<CommandOutcome> invalid() {
    Edit edit = command.edit();
    if (command.scope().thread().isEmpty() && command.scope().messages().isEmpty()) {
      return refuse("a thread or messages must be named");
    }
    if (command.scope().messages().size() > MESSAGES_MAX) {
      return refuse("at most " + MESSAGES_MAX + " messages are changed at once");
    }
    if (edit.folder().isPresent() && command.scope().thread().isEmpty()) {
      return refuse("only a thread has a folder");
    }
    if (edit.addFlags().size() > FLAGS_MAX || edit.removeFlags().size() > FLAGS_MAX) {
      return refuse("at most " + FLAGS_MAX + " flags are added or removed at once");
    }
    if (bytesMax() > ENTRY_BYTES_MAX) {
      return refuse("too many flags for so many messages");
    }
    if (!edit.addFlags().stream().allMatch(ModifyRule::isFlag)) {
      return refuse("a flag has 1 to " + FLAG_CHARACTERS_MAX + " characters, none of control");
    }
    return edit.addFlags().stream().anyMatch(edit.removeFlags()::contains)
        ? refuse("a flag can't be added and removed at once")
        : Optional.empty();
  }

  private static Optional<CommandOutcome> refuse(String reason) {
    return Optional.of(new Invalid(reason));
  }

  private static boolean isFlag(String flag) {
    return !flag.isBlank()
        && flag.length() <= FLAG_CHARACTERS_MAX
        && flag.chars().noneMatch(Character::isISOControl);
  }

  private Optional<CommandOutcome> missing(MailboxState committed) {
    Predicate<MessageId> here = id -> id.user().equals(committed.user());
    boolean threadIsHere =
        command.scope().thread().stream()
            .allMatch(id -> here.test(id) && committed.threads().at(id.position()) != null);
    if (!threadIsHere) {
      return Optional.of(new NoSuch("thread"));
    }
    boolean messagesAreHere =
        command.scope().messages().stream()
            .allMatch(id -> here.test(id) && committed.messages().at(id.position()).isPresent());
    return messagesAreHere ? Optional.empty() : Optional.of(new NoSuch("message"));
  }

  @Override
  public void decide(Decisions decisions, Request request) {
    List<MarkEdit> edits = edits(decisions.committed());
    decisions.add(request, new Modified(edits, Optional.empty()), Optional.empty());
    for (MarkEdit edit : edits) {
      if (edit.folder().equals(Optional.of(Folder.MESSAGES))) {
        Promotion.promote(decisions, edit.subject().position());
      }
    }
  }

  /** What differs from what is. */
  private List<MarkEdit> edits(MailboxState committed) {
    List<MarkEdit> edits = new ArrayList<>();
    boolean ofMessages = !command.scope().messages().isEmpty();
    command.scope().thread().map(id -> thread(committed, id, !ofMessages)).ifPresent(edits::add);
    command.scope().messages().stream()
        .distinct()
        .map(id -> message(committed, id))
        .forEach(edits::add);
    edits.removeIf(ModifyRule::isEmpty);
    return edits;
  }

  private static boolean isEmpty(MarkEdit edit) {
    return edit.addFlags().isEmpty()
        && edit.removeFlags().isEmpty()
        && edit.folder().isEmpty()
        && edit.deletion().isEmpty();
  }

  /**
   * @param marks whether flags and deletion are meant for the thread
   */
  private MarkEdit thread(MailboxState committed, MessageId id, boolean marks) {
    ThreadState thread = committed.threads().existing(id.position());
    Optional<Folder> folder = command.edit().folder().filter(next -> next != thread.folder());
    Optional<Deletion> deletion =
        deletion()
            .filter(each -> marks)
            .filter(each -> thread.anyMessage(at -> committed.marks().isChangedBy(each, at)));
    Subject subject = new Subject(true, thread.first());
    return marks
        ? new MarkEdit(subject, added(thread.flags()), removed(thread.flags()), folder, deletion)
        : new MarkEdit(subject, List.of(), List.of(), folder, Optional.empty());
  }

  private MarkEdit message(MailboxState committed, MessageId id) {
    int message = committed.messages().at(id.position()).orElseThrow();
    Set<String> flags = committed.marks().flags(message);
    Optional<Deletion> deletion =
        deletion().filter(each -> committed.marks().isChangedBy(each, message));
    return new MarkEdit(
        new Subject(false, id.position()),
        added(flags),
        removed(flags),
        Optional.empty(),
        deletion);
  }

  private Optional<Deletion> deletion() {
    return command.edit().deleted().map(deleted -> new Deletion(deleted, Optional.empty()));
  }

  private List<String> added(Set<String> flags) {
    return command.edit().addFlags().stream()
        .distinct()
        .filter(flag -> !flags.contains(flag))
        .toList();
  }

  private List<String> removed(Set<String> flags) {
    return command.edit().removeFlags().stream().distinct().filter(flags::contains).toList();
  }
}
