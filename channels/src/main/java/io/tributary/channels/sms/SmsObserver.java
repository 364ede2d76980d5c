package io.tributary.channels.sms;

/**
 * Told what webhooks do; for metrics. Thread-safe.
 *
 * <p>A delivery is one message that came with an acceptable signature for a mailbox that is known.
 * At every moment: accepted = stored + duplicate + rejected + in flight.
 */
public interface SmsObserver {
  /** How a delivery ended. */
  enum Settlement {
    STORED,
    DUPLICATE,
    /** Not known to be stored; the provider was told to try again. */
    REJECTED
  }

  SmsObserver NONE = new SmsObserver() {};

  /** A delivery is handed in: in flight from now on. */
  default void deliveryAccepted() {}

  /** A delivery that was in flight is no longer. */
  default void deliverySettled(Settlement settlement) {}

  /** A webhook of this account was not signed as it should; its mode says what follows. */
  default void signatureFailed(SmsAccount account) {}

  /**
   * A webhook was answered.
   *
   * @param status of HTTP, for example 204
   */
  default void answered(int status) {}
}
