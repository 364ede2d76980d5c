package io.tributary.mailbox;

import io.tributary.codecs.identity.UserId;
import io.tributary.storage.LogId;

/**
 * Names a mailbox as the directory knew it.
 *
 * @param generation of the user's log, from 1
 */
public record MailboxRef(UserId user, int generation) {
  public MailboxRef {
    if (generation < 1) {
      throw new IllegalArgumentException("generation must be at least 1, was " + generation);
    }
  }

  LogId log() {
    return new LogId(user, generation);
  }
}
