package io.tributary.mailbox;

import io.tributary.codecs.log.Action;
import io.tributary.codecs.log.Action.Delivered;
import io.tributary.codecs.log.Action.ThreadReason;
import io.tributary.codecs.log.MessagePayload;
import io.tributary.codecs.log.RecordedAction;
import io.tributary.codecs.message.Author.Standing;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.Delivery;
import io.tributary.codecs.message.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decisions of one entry that is being made: tentative, on top of the committed state, which they
 * never touch. They are thrown away if the entry's number is taken.
 */
final class Decisions {
  private final MailboxState committed;
  private final long nowMillis;
  private final List<RecordedAction> actions = new ArrayList<>();
  private final Set<Bytes> keys = new HashSet<>();
  private final Map<Bytes, Position> threadsByPeople = new HashMap<>();
  private final Map<Bytes, Position> threadsByMessageId = new HashMap<>();

  Decisions(MailboxState committed, long nowMillis) {
    this.committed = committed;
    this.nowMillis = nowMillis;
  }

  /** Whether this entry has an action with that key already. */
  boolean holds(Optional<Bytes> key) {
    return key.isPresent() && keys.contains(key.get());
  }

  List<RecordedAction> actions() {
    return actions;
  }

  /** Decides the thread of a message and adds it behind the actions decided before. */
  void add(Delivery delivery, MessagePayload payload) {
    Position position = Position.of(committed.entry() + 1, actions.size());
    Delivered delivered = decide(delivery);
    remember(position, delivered);
    delivery.key().ifPresent(keys::add);
    actions.add(new RecordedAction(nowMillis, delivery.key(), delivered, Optional.of(payload)));
  }

  private Delivered decide(Delivery delivery) {
    boolean claimed = delivery.envelope().from().standing() == Standing.CLAIMS_LOCAL;
    Bytes people = People.hash(delivery.envelope(), committed.own());
    Optional<Position> reply = claimed ? Optional.empty() : threadOfParents(delivery);
    Optional<Position> thread = reply.or(() -> threadOfPeople(people));
    ThreadReason reason =
        reply.isPresent()
            ? ThreadReason.REPLY
            : thread.isPresent() ? ThreadReason.PEOPLE : ThreadReason.NEW;
    return new Action.Delivered(
        delivery.envelope().channel(),
        thread,
        reason,
        delivery.envelope().receivedMillis(),
        delivery.envelope().from().verified(),
        delivery.recipient().resolvedBy(),
        people,
        // a forged mail must not draw the replies to the real one
        claimed ? Optional.empty() : delivery.content().references().own(),
        delivery.content().raw().length());
  }

  private Optional<Position> threadOfParents(Delivery delivery) {
    return delivery.content().references().parents().stream()
        .flatMap(parent -> threadOfMessageId(parent).stream())
        .findFirst();
  }

  private Optional<Position> threadOfMessageId(Bytes hash) {
    return committed
        .threadOfMessageId(hash)
        .or(() -> Optional.ofNullable(threadsByMessageId.get(hash)));
  }

  private Optional<Position> threadOfPeople(Bytes hash) {
    return committed.threadOfPeople(hash).or(() -> Optional.ofNullable(threadsByPeople.get(hash)));
  }

  private void remember(Position position, Delivered delivered) {
    Position thread = delivered.thread().orElse(position);
    if (delivered.reason() == ThreadReason.NEW) {
      threadsByPeople.put(delivered.people(), thread);
    }
    delivered.messageId().ifPresent(id -> threadsByMessageId.putIfAbsent(id, thread));
  }
}
