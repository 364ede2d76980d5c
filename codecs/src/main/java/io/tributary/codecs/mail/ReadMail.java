package io.tributary.codecs.mail;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.message.Content;
import java.util.List;
import java.util.Optional;

/**
 * What could be read of a mail.
 *
 * @param fromAddress the first usable mailbox of From; empty if there is none
 * @param fromName its display name, may be empty, at most 200 characters
 * @param to the mailboxes of To, then Cc, each once, at most 1,000
 * @param hasIdentity it has a Message-ID or a Date, so that it can be told from another
 */
public record ReadMail(
    Optional<Address> fromAddress,
    String fromName,
    List<Address> to,
    Content content,
    boolean hasIdentity) {
  public ReadMail {
    to = List.copyOf(to);
  }
}
