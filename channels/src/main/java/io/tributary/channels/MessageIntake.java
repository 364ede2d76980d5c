package io.tributary.channels;

import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.message.Delivery;

/** Where a channel hands a message in, for one mailbox. */
public interface MessageIntake {

  /**
   * Stores the message in the recipient's log. Lazy: begins when subscribed to. Handing the same
   * key in again is harmless.
   *
   * @return exactly one outcome, on any thread. Whoever gets no answer must take it as {@link
   *     IntakeOutcome.Retry}: it may have been stored. An Rx error is a programmer's error.
   */
  Single<IntakeOutcome> accept(Delivery delivery);
}
