package io.tributary.simulation;

import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.Delivery;
import io.tributary.codecs.message.MessageId;
import io.tributary.mailbox.DeliverOutcome;
import io.tributary.storage.LogId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was sent to whom and what was promised: 250 is a promise. */
final class Ledger {
  /** One letter for one user. */
  record Copy(Letter letter, SimulatedUser user) {}

  /** What its senders know of a copy. */
  static final class Account {
    private int sent;
    private int promised;

    /** How often it was sent whole, answered or not. */
    int sent() {
      return sent;
    }

    /** How often it was answered 250. */
    int promised() {
      return promised;
    }
  }

  private final World world;
  private final Map<Copy, Account> accounts = new LinkedHashMap<>();
  private final Map<Bytes, Letter> lettersByRaw = new HashMap<>();

  Ledger(World world) {
    this.world = world;
  }

  void write(Letter letter) {
    lettersByRaw.put(letter.raw(), letter);
    letter.recipients().forEach(user -> accounts.put(new Copy(letter, user), new Account()));
  }

  void sent(Letter letter, SimulatedUser user) {
    account(letter, user).sent++;
  }

  void promised(Letter letter, SimulatedUser user) {
    account(letter, user).promised++;
  }

  Map<Copy, Account> accounts() {
    return accounts;
  }

  Account account(Letter letter, SimulatedUser user) {
    Account account = accounts.get(new Copy(letter, user));
    if (account == null) {
      throw new IllegalStateException(letter.mark() + " is not for " + user);
    }
    return account;
  }

  Optional<Letter> letterOf(Bytes raw) {
    return Optional.ofNullable(lettersByRaw.get(raw));
  }

  /** Letters that their senders know to be in that user's mailbox. */
  List<Letter> promisedTo(SimulatedUser user) {
    List<Letter> promised = new ArrayList<>();
    accounts.forEach(
        (copy, account) -> {
          if (copy.user.equals(user) && account.promised > 0) {
            promised.add(copy.letter);
          }
        });
    return promised;
  }

  /** A mailbox may only say that it has a message if the log holds it now. */
  void check(Delivery delivery, DeliverOutcome outcome) {
    Optional<MessageId> said = Optional.empty();
    if (outcome instanceof DeliverOutcome.Stored stored) {
      said = Optional.of(stored.id());
    } else if (outcome instanceof DeliverOutcome.Duplicate duplicate) {
      said = Optional.of(duplicate.id());
    }
    if (said.isPresent() && !holds(delivery, said.get())) {
      world.violation(outcome + " was answered, but the log does not hold it");
    }
  }

  private boolean holds(Delivery delivery, MessageId id) {
    return world
        .logs()
        .raw(new LogId(delivery.recipient().user(), 1), id.position())
        .equals(Optional.of(delivery.content().raw()));
  }
}
