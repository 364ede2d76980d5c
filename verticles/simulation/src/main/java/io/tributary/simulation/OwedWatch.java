package io.tributary.simulation;

import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.log.Action;
import io.tributary.codecs.log.Action.Sent;
import io.tributary.codecs.log.Action.Settlement;
import io.tributary.codecs.log.Entry;
import io.tributary.codecs.log.EntryCodec;
import io.tributary.codecs.log.MessagePayload;
import io.tributary.codecs.log.RecordedAction;
import io.tributary.codecs.log.UnreadableEntryException;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.Origin;
import io.tributary.codecs.message.Position;
import io.tributary.codecs.message.RecipientState.State;
import io.tributary.store.RowKey;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Looks at every row as it changes: work never stands without its marker, nothing is settled that
 * is not there, nothing is there twice.
 */
final class OwedWatch {
  private static final String LOG = World.NAMESPACE + ":log";
  private static final String OWED = World.NAMESPACE + ":owed";
  private static final int LOG_KEY_BYTES = 22;

  /** slot(2) user(8), with which every key of a mailbox begins. */
  static final int MAILBOX_KEY_BYTES = 10;

  private final World world;
  private final Map<UserId, Account> accounts = new HashMap<>();
  private final Set<Arrival> arrivals = new HashSet<>();

  private record Arrival(UserId recipient, Origin origin) {}

  /** What one user's log says. */
  private static final class Account {
    private long entries;
    private Position head = Position.START;
    private final Map<Position, Sent> sent = new HashMap<>();
    private final Map<Position, BitSet> open = new HashMap<>();
    private final Map<String, Position> texts = new HashMap<>();
  }

  OwedWatch(World world) {
    this.world = world;
  }

  static UserId userOf(RowKey row) {
    return new UserId(ByteBuffer.wrap(row.key().unsafeArray()).getLong(2));
  }

  /** A row may have changed. */
  void changed(RowKey row) {
    if (row.table().equals(LOG) && row.key().length() == LOG_KEY_BYTES) {
      UserId user = userOf(row);
      long number = ByteBuffer.wrap(row.key().unsafeArray()).getLong(14);
      if (number == account(user).entries + 1) {
        world.hbase().get(row).ifPresent(value -> take(user, number, value));
      }
      requireMarker(user);
    } else if (row.table().equals(OWED)) {
      requireMarker(userOf(row));
    }
  }

  /** Whether nobody is owed anything. */
  boolean allSettled() {
    return accounts.values().stream().allMatch(account -> account.open.isEmpty());
  }

  /** Position of the newest action. */
  Position head(SimulatedUser user) {
    return headOf(user.id());
  }

  Position headOf(UserId user) {
    return account(user).head;
  }

  boolean holds(Note note, Position position) {
    return position.equals(account(note.sender().id()).texts.get(note.text()));
  }

  boolean arrived(SimulatedUser recipient, Note note) {
    Position position = account(note.sender().id()).texts.get(note.text());
    return position != null
        && arrivals.contains(new Arrival(recipient.id(), new Origin(note.sender().id(), position)));
  }

  private Account account(UserId user) {
    return accounts.computeIfAbsent(user, unused -> new Account());
  }

  private void take(UserId user, long number, Bytes value) {
    Entry entry;
    try {
      entry = EntryCodec.decode(value.unsafeArray());
    } catch (UnreadableEntryException e) {
      world.violation("entry " + number + " can't be read: " + e.getMessage());
      return;
    }
    Account account = account(user);
    account.entries = number;
    account.head = Position.of(number, entry.actions().size() - 1);
    for (int index = 0; index < entry.actions().size(); index++) {
      take(user, account, Position.of(number, index), entry.actions().get(index));
    }
  }

  private void take(UserId user, Account account, Position position, RecordedAction recorded) {
    if (recorded.action() instanceof Sent sent) {
      send(user, account, position, sent, recorded.payload());
    } else if (recorded.action() instanceof Action.Settled settled) {
      settled.settlements().forEach(each -> settle(user, account, each));
    } else if (recorded.action() instanceof Action.Delivered delivered) {
      delivered.origin().ifPresent(origin -> arrive(user, origin));
    }
  }

  private void send(
      UserId user,
      Account account,
      Position position,
      Sent sent,
      Optional<MessagePayload> payload) {
    String text = payload.map(MessagePayload::text).orElse("");
    if (account.texts.put(text, position) != null) {
      world.violation(text + " is sent twice");
    }
    BitSet open = new BitSet();
    for (int each = 0; each < sent.recipients().size(); each++) {
      open.set(each, !sent.recipients().get(each).user().equals(Optional.of(user)));
    }
    account.sent.put(position, sent);
    if (!open.isEmpty()) {
      account.open.put(position, open);
    }
  }

  private void settle(UserId user, Account account, Settlement settlement) {
    Sent sent = account.sent.get(settlement.message());
    if (sent == null || settlement.state() != State.DELIVERED) {
      world.violation("settled, but never sent or not delivered: " + settlement);
      return;
    }
    UserId recipient = sent.recipients().get(settlement.recipient()).user().orElseThrow();
    if (!arrivals.contains(new Arrival(recipient, new Origin(user, settlement.message())))) {
      world.violation("settled before it arrived: " + settlement);
    }
    BitSet open = account.open.get(settlement.message());
    if (open != null) {
      open.clear(settlement.recipient());
      if (open.isEmpty()) {
        account.open.remove(settlement.message());
      }
    }
  }

  private void arrive(UserId user, Origin origin) {
    if (!arrivals.add(new Arrival(user, origin))) {
      world.violation("a copy of " + origin + " arrived twice");
    }
  }

  private void requireMarker(UserId user) {
    boolean owes = !account(user).open.isEmpty();
    if (owes && world.hbase().get(new RowKey(OWED, key(user))).isEmpty()) {
      world.violation("work without its marker: " + user);
    }
  }

  private static Bytes key(UserId user) {
    return Bytes.ofOwned(
        ByteBuffer.allocate(MAILBOX_KEY_BYTES)
            .putShort((short) user.slot().number())
            .putLong(user.value())
            .array());
  }
}
