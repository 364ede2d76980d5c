package io.tributary.simulation;

import io.tributary.codecs.identity.Incarnation;
import io.tributary.codecs.identity.Stamp;
import io.tributary.codecs.log.Action;
import io.tributary.codecs.log.Action.OfMessage;
import io.tributary.codecs.log.Entry;
import io.tributary.codecs.log.EntryCodec;
import io.tributary.codecs.log.RecordedAction;
import io.tributary.codecs.log.UnreadableEntryException;
import io.tributary.codecs.message.Bytes;
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
    if (recorded.action() instanceof OfMessage message) {
      checkThread(number, message);
    }
    if (!(recorded.action() instanceof Action.Delivered delivered)
        || delivered.origin().isPresent()) {
      return;
    }
    if (recorded.key().isPresent() && !keys.add(recorded.key().get())) {
      wrong("entry " + number + " repeats a key");
    }
    Bytes raw = recorded.payload().map(payload -> payload.raw()).orElse(Bytes.EMPTY);
    Optional<Letter> letter = world.ledger().letterOf(raw);
    if (letter.isEmpty() || !letter.get().recipients().contains(user)) {
      wrong("entry " + number + " holds what nobody sent");
    } else {
      visible.merge(new Copy(letter.get(), user), 1, Integer::sum);
    }
  }

  private void checkThread(long number, OfMessage message) {
    boolean begins = message.reason() == Action.ThreadReason.NEW;
    if (begins && !peopleOfNewThreads.add(message.placing().people())) {
      wrong("entry " + number + " begins a second thread of the same people");
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

  private void wrong(String what) {
    world.violation("log of " + user.address() + ": " + what);
  }
}
