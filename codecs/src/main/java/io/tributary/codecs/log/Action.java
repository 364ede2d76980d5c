package io.tributary.codecs.log;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.Channel;
import io.tributary.codecs.message.Position;
import java.util.List;
import java.util.Optional;

/** One recorded decision about one mailbox. Replaying it needs nothing but the state before it. */
public sealed interface Action {

  /** The first action of every log. */
  record Opened(int generation, String cell, String name, List<Address> addresses)
      implements Action {
    public Opened {
      addresses = List.copyOf(addresses);
    }
  }

  /**
   * A message arrived in a thread.
   *
   * @param thread position of the thread's first message; empty begins a thread here
   * @param people hash of the canonical set of people
   * @param messageId hash of the mail's Message-ID
   * @param rawBytes size of the raw form, 0 if there is none
   */
  record Delivered(
      Channel channel,
      Optional<Position> thread,
      ThreadReason reason,
      long receivedMillis,
      boolean verified,
      Address resolvedBy,
      Bytes people,
      Optional<Bytes> messageId,
      long rawBytes)
      implements Action {}

  /** Why a message stands in its thread. The number is what the log records. */
  enum ThreadReason {
    NEW(1),
    REPLY(2),
    PEOPLE(3);

    private final int number;

    ThreadReason(int number) {
      this.number = number;
    }

    public int number() {
      return number;
    }

    public static ThreadReason ofNumber(int number) {
      for (ThreadReason reason : values()) {
        if (reason.number == number) {
          return reason;
        }
      }
      throw new IllegalArgumentException("no thread reason has number " + number);
    }
  }
}
