package io.tributary.simulation;

import io.tributary.codecs.identity.Incarnation;
import io.tributary.codecs.identity.Stamp;
import io.tributary.codecs.log.Action;
import io.tributary.codecs.log.Entry;
import io.tributary.codecs.log.EntryCodec;
import io.tributary.codecs.log.MessagePayload;
import io.tributary.codecs.log.RecordedAction;
import io.tributary.codecs.log.UnreadableEntryException;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.Channel;
import io.tributary.codecs.message.Origin;
import io.tributary.simulation.Ledger.Account;
import io.tributary.simulation.Ledger.Copy;
import io.tributary.storage.StoredEntry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What must hold of a user's log, whatever went wrong. */
final class LogChecker {
  private final World world;
  private final SimulatedUser user;
  private final Incarnation opener;
  private final Map<Copy, Integer> visible = new HashMap<>();
  private final Set<Stamp> stamps = new HashSet<>();
  private final Set<Bytes> keys = new HashSet<>();
  private final Set<Bytes> peopleOfNewThreads = new HashSet<>();

  /**
   * @param opener the one that may write first entries
   */
  LogChecker(World world, SimulatedUser user, Incarnation opener) {
    this.world = world;
    this.user = user;
    this.opener = opener;
  }

  void check() {
    long expected = 1;
    for (StoredEntry stored : world.logs().all(user.log())) {
      if (stored.number() != expected) {
        wrong("entry " + stored.number() + " stands where " + expected + " should");
      }
      expected = stored.number() + 1;
      checkEntry(stored);
    }
    world.ledger().accounts().forEach(this::checkCopy);
    checkNotes();
    world.texts().promisedTo(user).stream()
        .filter(message -> !tale().holdsText(message.text()))
        .forEach(message -> wrong(message + " was promised and is lost"));
  }

  private void checkEntry(StoredEntry stored) {
    Entry entry;
    try {
      entry = EntryCodec.decode(stored.bytes().unsafeArray());
    } catch (UnreadableEntryException e) {
      wrong("entry " + stored.number() + ": " + e.getMessage());
      return;
    }
    if (!stamps.add(entry.stamp())) {
      wrong("entry " + stored.number() + " repeats a stamp");
    }
    boolean first = stored.number() == 1;
    boolean opened = entry.actions().get(0).action() instanceof Action.Opened;
    if (first != opened || first != entry.stamp().incarnation().equals(opener)) {
      wrong("entry " + stored.number() + (opened ? " opens the log" : " is written by the opener"));
    }
    entry.actions().forEach(recorded -> checkAction(stored.number(), recorded));
  }

  private void checkAction(long number, RecordedAction recorded) {
    if (recorded.action() instanceof Action.ContactSet contact) {
      contact.aliases().forEach(this::rename);
    }
    if (!(recorded.action() instanceof Action.OfMessage message)) {
      return;
    }
    if (recorded.key().isPresent() && !keys.add(recorded.key().get())) {
      wrong("entry " + number + " repeats a key");
    }
    boolean begins = message.reason() == Action.ThreadReason.NEW;
    if (begins && !peopleOfNewThreads.add(message.placing().people())) {
      wrong("entry " + number + " begins a second thread of the same people");
    }
    if (message instanceof Action.Delivered && message.channel() == Channel.EMAIL) {
      checkLetter(number, recorded);
    }
  }

  /** A set of people has another thread from now on, or none. */
  private void rename(Action.Alias alias) {
    if (alias.thread().isPresent()) {
      peopleOfNewThreads.add(alias.people());
    } else {
      peopleOfNewThreads.remove(alias.people());
    }
  }

  private void checkLetter(long number, RecordedAction recorded) {
    Bytes raw = recorded.payload().map(MessagePayload::raw).orElse(Bytes.EMPTY);
    Optional<Letter> letter = world.ledger().letterOf(raw);
    if (letter.isEmpty() || !letter.get().recipients().contains(user)) {
      wrong("entry " + number + " holds what nobody sent");
    } else {
      visible.merge(new Copy(letter.get(), user), 1, Integer::sum);
    }
  }

  private void checkCopy(Copy copy, Account account) {
    if (!copy.user().equals(user)) {
      return;
    }
    int seen = visible.getOrDefault(copy, 0);
    String mark = copy.letter().mark();
    if (account.promised() > 0 && seen == 0) {
      wrong(mark + " was promised and is lost");
    }
    if (copy.letter().keyed() && seen > 1) {
      wrong(mark + " is there " + seen + " times");
    }
    if (!copy.letter().keyed() && seen > account.sent()) {
      wrong(mark + " without a key was sent " + account.sent() + " times and is there " + seen);
    }
  }

  /** What was promised stands there; and what stands there has reached everyone. */
  private void checkNotes() {
    for (Note note : world.notes().all()) {
      Optional<Tale.Sending> sent =
          Optional.of(note.sender())
              .filter(user::equals)
              .flatMap(sender -> tale().sent(note.client()))
              .filter(sending -> sending.text().equals(note.text()));
      if (user.equals(note.sender()) && world.notes().isPromised(note) && sent.isEmpty()) {
        wrong(note + " was promised and is lost");
      }
      sent.ifPresent(sending -> checkReceived(note, sending));
    }
  }

  private void checkReceived(Note note, Tale.Sending sending) {
    Origin origin = new Origin(user.id(), sending.position());
    for (SimulatedUser receiver : note.receivers()) {
      if (!world.watch().tale(receiver.id()).holdsCopy(origin)) {
        wrong(note + " never reached " + receiver.name());
      }
    }
  }

  private Tale tale() {
    return world.watch().tale(user.id());
  }

  private void wrong(String what) {
    world.violation("log of " + user.address() + ": " + what);
  }
}
