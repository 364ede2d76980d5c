package io.tributary.mailbox;

/** Whether a mailbox can be read. */
sealed interface Readiness {

  /** It can: to be read at once, before it changes. */
  record Ready(MailboxState state) implements Readiness {}

  record NotHere() implements Readiness {}

  record Unavailable(String reason) implements Readiness {}
}
