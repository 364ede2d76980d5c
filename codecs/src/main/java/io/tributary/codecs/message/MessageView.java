package io.tributary.codecs.message;

import io.tributary.codecs.address.Address;
import java.util.List;

/**
 * A message as its mailbox's user sees it.
 *
 * @param thread id of the thread's first message
 * @param verified whether {@code from} is proved
 * @param marks what the user and the outbox have added since
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
    List<Part> parts,
    Marks marks) {
  public MessageView {
    to = List.copyOf(to);
    parts = List.copyOf(parts);
  }

  /**
   * What changes after a message has come in.
   *
   * @param flags sorted
   * @param recipients of a sent message, in the order of {@code to}
   */
  public record Marks(List<String> flags, boolean deleted, List<RecipientState> recipients) {
    public static final Marks NONE = new Marks(List.of(), false, List.of());

    public Marks {
      flags = List.copyOf(flags);
      recipients = List.copyOf(recipients);
    }
  }
}
