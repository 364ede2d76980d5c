package io.tributary.mailbox;

import io.tributary.codecs.log.Action;
import io.tributary.codecs.log.Action.OfMessage;
import io.tributary.codecs.log.Action.Opened;
import io.tributary.codecs.log.Action.Settlement;
import io.tributary.codecs.log.Action.Subject;
import io.tributary.codecs.log.Entry;
import io.tributary.codecs.log.RecordedAction;
import io.tributary.codecs.message.Position;

/** Whether an entry follows what was folded before. */
final class EntryCheck {
  private final MailboxState state;
  private final long number;
  private final Entry next;

  EntryCheck(MailboxState state, long number, Entry next) {
    this.state = state;
    this.number = number;
    this.next = next;
  }

  /**
   * @throws BrokenLogException if it does not
   */
  void run() {
    if (number != state.entry() + 1) {
      throw new BrokenLogException("entry " + number + " follows entry " + state.entry());
    }
    require(!state.isSealed(), "entry " + number + " behind the seal");
    for (int index = 0; index < next.actions().size(); index++) {
      check(Position.of(number, index), next.actions().get(index));
    }
  }

  private void check(Position position, RecordedAction recorded) {
    Action action = recorded.action();
    boolean first = position.equals(Position.of(1, 0));
    if (first != action instanceof Opened) {
      throw new BrokenLogException(first ? "the log is not opened" : "opened again " + position);
    }
    if (recorded.key().isPresent() && recorded.request().isEmpty()) {
      require(action instanceof OfMessage, "a key that leads to no message: " + position);
    }
    if (action instanceof Opened opened) {
      int generation = opened.generation();
      require(generation == state.log().generation(), "opened as generation " + generation);
      require(!opened.addresses().isEmpty(), "nobody's mailbox: " + position);
    } else if (action instanceof Action.Sealed sealed) {
      require(next.actions().size() == 1, "a seal among other actions: " + position);
      boolean later = sealed.generation() > state.log().generation();
      require(later, "sealed for generation " + sealed.generation());
    } else if (action instanceof Action.AddressesSet set) {
      require(!set.addresses().isEmpty(), "nobody's mailbox: " + position);
    } else if (action instanceof OfMessage message) {
      checkThread(position, message);
      checkRecipients(position, recorded);
    } else if (action instanceof Action.Settled settled) {
      settled.settlements().forEach(each -> check(position, each));
    } else if (action instanceof Action.ContactSet set) {
      set.aliases().stream()
          .flatMap(alias -> alias.thread().stream())
          .forEach(thread -> checkKnown(thread, position));
    } else if (action instanceof Action.Read read) {
      checkKnown(read.thread(), position);
    } else if (action instanceof Action.Modified modified) {
      modified.edits().forEach(edit -> check(position, edit.subject()));
    }
  }

  private static void require(boolean held, String problem) {
    if (!held) {
      throw new BrokenLogException(problem);
    }
  }

  private void check(Position position, Subject subject) {
    boolean known =
        subject.isThread()
            ? state.threads().at(subject.position()) != null
            : state.messages().at(subject.position()).isPresent();
    require(known, "marks of nothing: " + position);
  }

  private void checkKnown(Position thread, Position position) {
    require(known(thread, position), "no such thread: " + thread + " at " + position);
  }

  private void checkThread(Position position, OfMessage message) {
    boolean begins = message.reason() == Action.ThreadReason.NEW;
    require(
        message.thread().isEmpty() == begins, "a thread begins or is named, not both: " + position);
    if (!begins) {
      checkKnown(message.thread().orElseThrow(), position);
    }
  }

  private boolean known(Position thread, Position before) {
    if (thread.entry() != before.entry()) {
      return state.threads().at(thread) != null;
    }
    return thread.compareTo(before) < 0
        && next.actions().get(thread.index()).action() instanceof OfMessage earlier
        && earlier.thread().isEmpty();
  }

  private static void checkRecipients(Position position, RecordedAction recorded) {
    boolean wrong =
        recorded.action() instanceof Action.Sent sent
            && recorded.payload().isPresent()
            && recorded.payload().get().to().size() != sent.recipients().size();
    require(!wrong, "recipients and their addresses don't match: " + position);
  }

  /** Settlements are recorded before the messages of their entry. */
  private void check(Position position, Settlement settlement) {
    boolean known = state.messages().at(settlement.message()).isPresent();
    require(settlement.recipient() >= 0 && known, "a settlement of nothing: " + position);
  }
}
