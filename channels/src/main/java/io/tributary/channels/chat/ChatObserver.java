package io.tributary.channels.chat;

import io.tributary.codecs.chat.ErrorCode;

/**
 * Told what sessions do; for metrics. Called on sessions' threads, so it must be thread-safe if
 * sessions run on several.
 *
 * <p>A send is one well-formed {@code send} frame. At every moment: accepted = done + repeated +
 * refused + retried + in flight.
 */
public interface ChatObserver {
  /** How a send ended. */
  enum Settlement {
    DONE,
    /** It was done before. */
    REPEATED,
    /** It breaks a rule. */
    REFUSED,
    /** Not known to be done; the client was told to try again, or is gone. */
    RETRIED
  }

  ChatObserver NONE = new ChatObserver() {};

  default void sessionOpened() {}

  /** For each one opened. */
  default void sessionClosed() {}

  /** A send is in flight from now on. */
  default void sendAccepted() {}

  /** A send that was in flight is no longer. */
  default void sendSettled(Settlement settlement) {}

  default void errorTold(ErrorCode code) {}

  /** A client was too slow and is told what it missed. */
  default void gapTold() {}

  /** A session was ended from this side; also one turned away, which was never opened. */
  default void ended(Farewell why) {}
}
