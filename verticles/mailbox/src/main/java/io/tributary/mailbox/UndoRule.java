package io.tributary.mailbox;

import io.tributary.codecs.log.Action.Deletion;
import io.tributary.codecs.log.Action.MarkEdit;
import io.tributary.codecs.log.Action.Modified;
import io.tributary.codecs.log.Action.Subject;
import io.tributary.codecs.message.Folder;
import io.tributary.mailbox.Command.Request;
import io.tributary.mailbox.Command.Undo;
import io.tributary.mailbox.CommandOutcome.Done;
import io.tributary.mailbox.CommandOutcome.NoSuch;
import io.tributary.mailbox.Marks.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How a change is taken back: only where the value still is the one it set. */
record UndoRule(Undo command) implements PendingCommand.Rule {
  private static final long BYTES_MAX = 900_000;

  /** An undo of the largest change fits. */
  @Override
  public long bytesMax() {
    return BYTES_MAX;
  }

  @Override
  public boolean alone() {
    return true;
  }

  @Override
  public Optional<CommandOutcome> settled(MailboxState committed) {
    List<Effect> effects = committed.marks().change(command.change());
    if (effects == null) {
      return Optional.of(new NoSuch("change"));
    }
    return edits(committed, effects).isEmpty()
        ? Optional.of(new Done(committed.head(), false))
        : Optional.empty();
  }

  @Override
  public void decide(Decisions decisions, Request request) {
    MailboxState committed = decisions.committed();
    List<Effect> effects = committed.marks().change(command.change());
    if (effects == null) {
      throw new IllegalStateException("the change was there");
    }
    Modified undone = new Modified(edits(committed, effects), Optional.of(command.change()));
    decisions.add(request, undone, Optional.empty());
  }

  private List<MarkEdit> edits(MailboxState committed, List<Effect> effects) {
    List<MarkEdit> edits = new ArrayList<>();
    for (Effect effect : effects) {
      MarkEdit back = back(committed, effect);
      boolean empty =
          back.addFlags().isEmpty()
              && back.removeFlags().isEmpty()
              && back.folder().isEmpty()
              && back.deletion().isEmpty();
      if (!empty) {
        edits.add(back);
      }
    }
    return edits;
  }

  private MarkEdit back(MailboxState committed, Effect effect) {
    MarkEdit edit = effect.edit();
    Subject subject = edit.subject();
    Set<String> flags = flags(committed, subject);
    Optional<Deletion> deletion =
        edit.deletion()
            .map(each -> new Deletion(!each.deleted(), Optional.of(command.change())))
            .filter(each -> changes(committed, subject, each));
    return new MarkEdit(
        subject,
        edit.removeFlags().stream().filter(flag -> !flags.contains(flag)).toList(),
        edit.addFlags().stream().filter(flags::contains).toList(),
        folder(committed, effect),
        deletion);
  }

  private static Set<String> flags(MailboxState committed, Subject subject) {
    return subject.isThread()
        ? committed.threads().existing(subject.position()).flags()
        : committed.marks().flags(committed.messages().at(subject.position()).orElseThrow());
  }

  private static Optional<Folder> folder(MailboxState committed, Effect effect) {
    if (effect.folderBefore().isEmpty()) {
      return Optional.empty();
    }
    ThreadState thread = committed.threads().existing(effect.edit().subject().position());
    boolean still = effect.edit().folder().equals(Optional.of(thread.folder()));
    return still ? effect.folderBefore() : Optional.empty();
  }

  private static boolean changes(MailboxState committed, Subject subject, Deletion deletion) {
    if (subject.isThread()) {
      ThreadState thread = committed.threads().existing(subject.position());
      return thread.anyMessage(at -> committed.marks().isChangedBy(deletion, at));
    }
    int message = committed.messages().at(subject.position()).orElseThrow();
    return committed.marks().isChangedBy(deletion, message);
  }
}
