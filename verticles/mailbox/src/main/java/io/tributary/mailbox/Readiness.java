package io.tributary.mailbox;

/** Whether a mailbox can be read. */
sealed interface Readiness {

  /** Of a state that nothing is known to be missing from. */
  static Readiness of(MailboxState state) {
    return state.isEmpty() || state.isSealed() ? new NotHere() : new Ready(state);
  }

  /** It can: to be read at once, before it changes. */
  record Ready(MailboxState state) implements Readiness {}

  /** There is no such log here, or it goes on elsewhere. */
  record NotHere() implements Readiness {}

  record Unavailable(String reason) implements Readiness {}
}
