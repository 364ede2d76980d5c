package io.tributary.mailbox;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.Position;
import java.util.List;

/**
 * A thread in a listing.
 *
 * @param id of its first message
 * @param participants everyone in it except the mailbox's user, sorted, at most 1,000
 * @param subject of its first message
 * @param snippet the beginning of its newest message's text
 * @param last position of its newest message
 */
public record ThreadView(
    MessageId id,
    List<Address> participants,
    String subject,
    String snippet,
    int messages,
    Position last,
    long lastReceivedMillis) {
  public ThreadView {
    participants = List.copyOf(participants);
  }
}
