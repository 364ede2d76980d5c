package io.tributary.mailbox;

import io.reactivex.rxjava3.core.SingleEmitter;
import io.tributary.codecs.log.EntryCodec;
import io.tributary.codecs.log.MessagePayload;
import io.tributary.codecs.message.Delivery;
import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.Position;
import io.tributary.mailbox.DeliverOutcome.Duplicate;
import io.tributary.mailbox.DeliverOutcome.NotHere;
import io.tributary.mailbox.DeliverOutcome.NotMine;
import io.tributary.mailbox.DeliverOutcome.Retry;
import io.tributary.mailbox.DeliverOutcome.Stored;
import java.util.Optional;

/** A message that wants to arrive. */
final class PendingDelivery extends Pending<DeliverOutcome> {
  private final Delivery delivery;
  private final MessagePayload payload;
  private final long bytesMax;

  PendingDelivery(Delivery delivery, SingleEmitter<DeliverOutcome> caller) {
    super(caller);
    this.delivery = delivery;
    this.payload = Payloads.of(delivery);
    this.bytesMax =
        EntryCodec.ACTION_BYTES_MAX
            + EntryCodec.payloadBytesMax(payload)
            + (long) EntryCodec.ITEM_BYTES_MAX * Math.min(payload.to().size() + 1, knownCount());
  }

  private int knownCount() {
    return delivery.known().users().isEmpty() ? 0 : Integer.MAX_VALUE;
  }

  @Override
  Optional<Object> identity() {
    return delivery.origin().<Object>map(origin -> origin).or(delivery::key);
  }

  @Override
  long bytesMax() {
    return bytesMax;
  }

  @Override
  boolean alone() {
    return false;
  }

  @Override
  boolean owing() {
    return false;
  }

  @Override
  Optional<DeliverOutcome> duplicate(MailboxState committed, long nowMillis) {
    Optional<Position> known =
        delivery.origin().isPresent()
            ? committed.copies().find(delivery.origin().get())
            : delivery.key().flatMap(key -> committed.byKey(key, nowMillis));
    return known.map(committed::id).map(id -> new Duplicate(id, committed.threadOf(id)));
  }

  @Override
  Optional<DeliverOutcome> settled(MailboxState committed, long nowMillis) {
    Optional<DeliverOutcome> duplicate = duplicate(committed, nowMillis);
    boolean mine = committed.own().contains(delivery.recipient().resolvedBy());
    return mine || duplicate.isPresent() ? duplicate : Optional.of(new NotMine());
  }

  @Override
  boolean lasting(DeliverOutcome settled) {
    return settled instanceof Duplicate;
  }

  @Override
  void decide(Decisions decisions) {
    decisions.deliver(delivery, payload);
  }

  @Override
  DeliverOutcome stored(MailboxState committed, Position position) {
    MessageId id = committed.id(position);
    return new Stored(id, committed.threadOf(id));
  }

  @Override
  DeliverOutcome retry(String reason) {
    return new Retry(reason);
  }

  @Override
  DeliverOutcome notHere() {
    return new NotHere();
  }

  @Override
  void observe(MailboxObserver observer, DeliverOutcome outcome) {
    observer.delivered(outcome);
  }
}
