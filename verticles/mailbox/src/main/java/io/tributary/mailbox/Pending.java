package io.tributary.mailbox;

import io.reactivex.rxjava3.core.SingleEmitter;
import io.reactivex.rxjava3.disposables.Disposable;
import io.tributary.codecs.log.MessagePayload;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.Delivery;
import java.util.Optional;

/** A delivery that waits for its outcome, and its caller, who waits until the deadline. */
final class Pending {
  private final Delivery delivery;
  private final MessagePayload payload;
  private final long bytesMax;
  private final SingleEmitter<DeliverOutcome> caller;
  private Disposable deadline = Disposable.disposed();
  private boolean answered;

  Pending(Delivery delivery, SingleEmitter<DeliverOutcome> caller) {
    this.delivery = delivery;
    this.payload = Payloads.of(delivery);
    this.bytesMax = Payloads.bytesMax(payload);
    this.caller = caller;
  }

  Delivery delivery() {
    return delivery;
  }

  MessagePayload payload() {
    return payload;
  }

  Optional<Bytes> key() {
    return delivery.key();
  }

  /** At most what it adds to an entry. */
  long bytesMax() {
    return bytesMax;
  }

  void expireBy(Disposable timer) {
    deadline = timer;
  }

  boolean answered() {
    return answered;
  }

  /** No more to be answered; the caller hears of it by {@link #tell}. */
  void markAnswered() {
    answered = true;
    deadline.dispose();
  }

  void tell(DeliverOutcome outcome) {
    caller.onSuccess(outcome);
  }
}
