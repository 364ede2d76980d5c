package io.tributary.mailbox;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.message.Position;
import io.tributary.codecs.message.SmsStatus;
import java.util.List;

/**
 * A mailbox in figures.
 *
 * @param head position of the newest action
 * @param owed sent messages that some recipient still lacks
 * @param smsStatuses newest first, at most 100
 */
public record MailboxStats(
    Position head, Counts counts, List<Consent> consents, List<SmsStatus> smsStatuses) {
  public MailboxStats {
    consents = List.copyOf(consents);
    smsStatuses = List.copyOf(smsStatuses);
  }

  /** How many there are, without what is deleted. */
  public record Counts(long messages, long threads, long unread, long owed) {}

  /** Who may be written to. */
  public record Consent(Address number, Address peer, boolean stopped) {}
}
