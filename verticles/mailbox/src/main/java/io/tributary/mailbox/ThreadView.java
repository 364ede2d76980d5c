package io.tributary.mailbox;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.message.Folder;
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
 * @param marks what the user has made of it
 */
public record ThreadView(
    MessageId id,
    List<Address> participants,
    String subject,
    String snippet,
    int messages,
    Position last,
    long lastReceivedMillis,
    Marks marks) {
  public ThreadView {
    participants = List.copyOf(participants);
  }

  /**
   * What the user has made of a thread.
   *
   * @param flags sorted
   * @param unread messages from others behind {@code readUpTo}
   */
  public record Marks(Folder folder, List<String> flags, int unread, Position readUpTo) {
    public static final Marks NONE = new Marks(Folder.MESSAGES, List.of(), 0, Position.START);

    public Marks {
      flags = List.copyOf(flags);
    }
  }
}
