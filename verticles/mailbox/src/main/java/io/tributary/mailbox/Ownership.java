package io.tributary.mailbox;

/** What a node knows of its right to serve its mailboxes. The log decides in any case. */
public enum Ownership {
  /** The ring that it follows says so. */
  SURE,
  /** It is out of touch: its mailboxes may be another's by now. Every read asks the log. */
  UNSURE,
  /** They have been another's: what is in memory may be old. It is forgotten. */
  LOST
}
