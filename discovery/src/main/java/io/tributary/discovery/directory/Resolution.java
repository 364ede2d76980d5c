package io.tributary.discovery.directory;

import io.tributary.codecs.message.Recipient;

/** What an address leads to. */
public sealed interface Resolution {
  /** An active account lists the address. */
  record Resolved(Recipient recipient, UserAccount account) implements Resolution {}

  /** Nobody has it, by a read made just now. */
  record Unknown() implements Resolution {}
}
