package io.tributary.codecs.live;

import io.tributary.codecs.message.ClientId;
import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.MessageView;
import io.tributary.codecs.message.Position;
import java.util.List;
import java.util.Optional;

/** One thing that happened in a mailbox, at its position in the log. */
public sealed interface LiveEvent {
  Position position();

  /** A message from somebody else. */
  record Arrived(MessageView message) implements LiveEvent {
    @Override
    public Position position() {
      return message.position();
    }
  }

  /**
   * A message that the user sent.
   *
   * @param client which device sent it, under which id
   */
  record Sent(MessageView message, ClientId client) implements LiveEvent {
    @Override
    public Position position() {
      return message.position();
    }
  }

  /**
   * Something to be read again.
   *
   * @param readUpTo with {@link Kind#READ}
   */
  record Updated(
      Position position,
      Kind kind,
      Optional<MessageId> thread,
      List<MessageId> messages,
      Optional<Position> readUpTo)
      implements LiveEvent {
    public Updated {
      messages = List.copyOf(messages);
    }
  }

  /** What was updated. */
  enum Kind {
    READ,
    MODIFIED,
    DELIVERY,
    CONTACT,
    MAILBOX
  }
}
