package io.tributary.loadtests.drill;

/**
 * One message sent once, and what came of it.
 *
 * @param user whose mailbox acknowledges it
 * @param beganNanos when it was sent, by {@link System#nanoTime}
 * @param endedNanos when the answer came, or the hope for one ended
 * @param words what the sender saw, such as {@code SMTP 451 at RCPT} or {@code reset}
 */
record Attempt(String user, long beganNanos, long endedNanos, Fate fate, String words) {
  private static final double NANOS_PER_MILLI = 1e6;

  /** What it means for the message. */
  enum Fate {
    ACKNOWLEDGED,
    /** To be sent again. */
    AGAIN,
    /** Refused for good, which no valid message may be. */
    REFUSED
  }

  boolean isAcknowledged() {
    return fate == Fate.ACKNOWLEDGED;
  }

  boolean endedIn(Span span) {
    return span.holds(endedNanos);
  }

  double millis() {
    return (endedNanos - beganNanos) / NANOS_PER_MILLI;
  }
}
