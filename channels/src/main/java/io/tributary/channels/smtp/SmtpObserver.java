package io.tributary.channels.smtp;

/**
 * Told what sessions do; for metrics. Called on sessions' threads, so it must be thread-safe if
 * sessions run on several.
 *
 * <p>A delivery is one message for one mailbox, handed in after DATA. At every moment: accepted =
 * stored + duplicate + rejected + in flight.
 */
public interface SmtpObserver {
  /** How a delivery ended. */
  enum Settlement {
    STORED,
    DUPLICATE,
    /** Not known to be stored; the sender was told to try again, or is gone. */
    REJECTED
  }

  SmtpObserver NONE = new SmtpObserver() {};

  default void connectionOpened() {}

  /** For each one opened. */
  default void connectionClosed() {}

  /** Turned away at the greeting; it was never opened. */
  default void connectionRefused() {}

  /** A delivery is handed in: in flight from now on. */
  default void deliveryAccepted() {}

  /** A delivery that was in flight is no longer. */
  default void deliverySettled(Settlement settlement) {}

  /**
   * A reply was written.
   *
   * @param code of RFC 5321 section 4.2, for example 250
   */
  default void replied(int code) {}
}
