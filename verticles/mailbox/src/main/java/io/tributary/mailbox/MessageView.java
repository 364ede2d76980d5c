package io.tributary.mailbox;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.message.Channel;
import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.Part;
import io.tributary.codecs.message.Position;
import java.util.List;

/**
 * A message as its mailbox's user sees it.
 *
 * @param thread id of the thread's first message
 * @param verified whether {@code from} is proved
 */
public record MessageView(
    MessageId id,
    MessageId thread,
    Position position,
    Channel channel,
    Address from,
    List<Address> to,
    String subject,
    String text,
    long receivedMillis,
    boolean verified,
    List<Part> parts) {
  public MessageView {
    to = List.copyOf(to);
    parts = List.copyOf(parts);
  }
}
