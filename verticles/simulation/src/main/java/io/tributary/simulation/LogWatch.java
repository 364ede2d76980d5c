package io.tributary.simulation;

import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.log.Action;
import io.tributary.codecs.log.Entry;
import io.tributary.codecs.log.EntryCodec;
import io.tributary.codecs.log.MessagePayload;
import io.tributary.codecs.log.RecordedAction;
import io.tributary.codecs.log.UnreadableEntryException;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.ClientId;
import io.tributary.codecs.message.Origin;
import io.tributary.codecs.message.Position;
import io.tributary.store.RowKey;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sees each change of HBase in the moment it happens, and what must hold then: a copy arrives once,
 * in its sender's order, and of what was sent; only what has arrived is settled; and whoever owes
 * something is marked.
 */
final class LogWatch {
  private static final String LOG = World.NAMESPACE + ":log";
  private static final String OWED = World.NAMESPACE + ":owed";
  private static final int SLOT_BYTES = 2;
  private static final int ENTRY_OFFSET = 14;

  private static final String MAILBOX = World.NAMESPACE + ":mailbox";

  private final World world;
  private final SnapshotWatch snapshots;
  private final Map<UserId, Tale> tales = new LinkedHashMap<>();
  private final Map<UserId, RowKey> markers = new LinkedHashMap<>();

  LogWatch(World world) {
    this.world = world;
    this.snapshots = new SnapshotWatch(world);
  }

  Tale tale(UserId user) {
    return tales.computeIfAbsent(user, Tale::new);
  }

  /** A row was written or removed. */
  void changed(RowKey row) {
    ByteBuffer key = ByteBuffer.wrap(row.key().unsafeArray());
    UserId user = new UserId(key.getLong(SLOT_BYTES));
    if (row.table().equals(LOG)) {
      written(tale(user), user, key.getLong(ENTRY_OFFSET), row);
    }
    if (row.table().equals(MAILBOX)) {
      snapshots.changed(world.user(user), row);
    }
    requireMarker(user);
  }

  private void requireMarker(UserId user) {
    if (tale(user).owes() && marker(user).isEmpty()) {
      wrong(user, "owes something and has no marker: " + tale(user));
    }
  }

  /** Number of the entry that it was written for. */
  Optional<Long> marker(UserId user) {
    return world
        .hbase()
        .get(markers.computeIfAbsent(user, LogWatch::markerOf))
        .map(value -> ByteBuffer.wrap(value.unsafeArray()).getLong());
  }

  private static RowKey markerOf(UserId user) {
    ByteBuffer key = ByteBuffer.allocate(SLOT_BYTES + Long.BYTES);
    key.putShort((short) user.slot().number()).putLong(user.value());
    return new RowKey(OWED, Bytes.ofOwned(key.array()));
  }

  private void written(Tale tale, UserId user, long number, RowKey row) {
    if (number != tale.entry() + 1) {
      wrong(user, "entry " + number + " was written behind entry " + tale.entry());
      return;
    }
    Entry entry;
    try {
      entry = EntryCodec.decode(world.hbase().get(row).orElse(Bytes.EMPTY).unsafeArray());
    } catch (UnreadableEntryException e) {
      wrong(user, "entry " + number + ": " + e.getMessage());
      return;
    }
    tale.reach(Position.of(number, entry.actions().size() - 1));
    requireApart(user, number, entry);
    for (int index = 0; index < entry.actions().size(); index++) {
      recorded(tale, user, Position.of(number, index), entry.actions().get(index));
    }
  }

  /** What bears on the threads of messages shares no entry with them. */
  private void requireApart(UserId user, long number, Entry entry) {
    List<Action> actions = entry.actions().stream().map(RecordedAction::action).toList();
    boolean changes =
        actions.stream()
            .anyMatch(each -> each instanceof Action.ContactSet || each instanceof Action.Modified);
    if (changes && actions.stream().anyMatch(Action.OfMessage.class::isInstance)) {
      wrong(user, "entry " + number + " changes what its messages are decided by");
    }
  }

  /** An undo takes back what its change did, nothing else. */
  private void requireOwn(Tale tale, UserId user, Action.Modified undo) {
    for (Action.MarkEdit edit : undo.edits()) {
      for (String flag : edit.removeFlags()) {
        if (!tale.marks().flaggedAt(flag).equals(undo.undoes())) {
          wrong(user, "the undo of " + undo.undoes() + " took " + flag + " away");
        }
      }
    }
  }

  private void recorded(Tale tale, UserId user, Position position, RecordedAction recorded) {
    Action action = recorded.action();
    if (!(action instanceof Action.Opened)) {
      tale.happen(position);
    }
    boolean asked = recorded.request().isPresent() && recorded.key().isPresent();
    if (asked && !tale.marks().ask(recorded.key().get())) {
      wrong(user, "did twice what was asked for once, at " + position);
    }
    if (action instanceof Action.Modified modified && modified.undoes().isPresent()) {
      requireOwn(tale, user, modified);
    }
    tale.marks().tell(position, action);
    if (action instanceof Action.Sent sent) {
      sent(tale, user, position, sent, recorded.payload().orElseThrow());
    } else if (action instanceof Action.Settled settled) {
      settled.settlements().forEach(each -> settled(tale, user, each));
    } else if (action instanceof Action.Delivered delivered) {
      String text = recorded.payload().map(MessagePayload::text).orElse("");
      if (delivered.origin().isPresent()) {
        arrived(tale, user, delivered.origin().get(), text);
      } else if (world.texts().withText(text).isPresent() && !tale.arrive(text)) {
        wrong(user, text + " arrived twice");
      }
    }
  }

  private void sent(
      Tale tale, UserId user, Position position, Action.Sent sent, MessagePayload payload) {
    ClientId client = payload.extras().client().orElseThrow();
    if (tale.sent(client).isPresent()) {
      wrong(user, payload.text() + " was sent twice, or something else under its id");
    }
    Optional<Note> note = world.notes().withText(payload.text());
    if (note.isEmpty()
        || !note.get().client().equals(client)
        || !note.get().sender().id().equals(user)) {
      wrong(user, "holds what nobody wrote: " + payload.text());
    }
    tale.send(client, new Tale.Sending(position, payload.text(), sent.recipients()));
  }

  private void arrived(Tale tale, UserId user, Origin origin, String text) {
    boolean meant =
        tale(origin.sender()).sent(origin.position()).stream()
            .filter(sending -> sending.text().equals(text))
            .flatMap(sending -> sending.recipients().stream())
            .anyMatch(recipient -> recipient.user().equals(Optional.of(user)));
    if (!meant) {
      wrong(user, text + " arrived, which nobody sent there");
    }
    Position before = tale.newestOf(origin.sender());
    if (!tale.copy(origin)) {
      wrong(user, text + " arrived twice");
    } else if (before.compareTo(origin.position()) > 0) {
      wrong(user, text + " arrived behind what its sender wrote later");
    }
  }

  private void settled(Tale tale, UserId user, Action.Settlement settlement) {
    Optional<UserId> recipient =
        tale.sent(settlement.message())
            .flatMap(sending -> sending.recipients().get(settlement.recipient()).user());
    boolean there =
        recipient
            .map(each -> tale(each).holdsCopy(new Origin(user, settlement.message())))
            .orElse(false);
    if (!there) {
      wrong(user, "settled what has not arrived: " + settlement);
    }
    if (!tale.settle(settlement.message(), settlement.recipient())) {
      wrong(user, "settled what was not owed: " + settlement);
    }
  }

  private void wrong(UserId user, String what) {
    world.violation("log of " + world.nameOf(user) + ": " + what);
  }
}
