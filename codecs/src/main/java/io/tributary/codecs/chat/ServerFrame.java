package io.tributary.codecs.chat;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.live.LiveEvent;
import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.MessageView;
import io.tributary.codecs.message.Position;
import java.util.List;
import java.util.Optional;

/** What the server says. */
public sealed interface ServerFrame {

  /**
   * The answer to hello.
   *
   * @param user the user's name
   * @param seq the mailbox's head
   */
  record Welcome(String user, Position seq, String node) implements ServerFrame {}

  /**
   * A message of this device is in the sender's log.
   *
   * @param id the device's own
   * @param message which this server always gives
   */
  record Sent(String id, Position seq, Optional<MessageView> message) implements ServerFrame {}

  /** A message from somebody else, or from another of the user's devices. */
  record Message(MessageView message) implements ServerFrame {}

  /**
   * Something to be read again.
   *
   * @param readSeq with {@link LiveEvent.Kind#READ}
   */
  record Update(
      Position seq,
      LiveEvent.Kind kind,
      Optional<MessageId> thread,
      List<MessageId> messages,
      Optional<Position> readSeq)
      implements ServerFrame {
    public Update {
      messages = List.copyOf(messages);
    }
  }

  /** Everything up to here was told. */
  record Head(Position seq) implements ServerFrame {}

  /** Somebody types in a thread, or stopped. */
  record Typing(MessageId thread, Address from, boolean on) implements ServerFrame {}

  /**
   * Somebody came or went.
   *
   * @param user the user's name
   */
  record Presence(String user, boolean online) implements ServerFrame {}

  /** What lies behind {@code from} up to {@code to} is not told. */
  record Gap(Position from, Position to) implements ServerFrame {}

  /**
   * A frame was not obeyed.
   *
   * @param code one of {@link ErrorCode#wireName}, or a newer server's
   * @param id of the send it is about
   */
  record Error(String code, String reason, boolean retry, Optional<String> id)
      implements ServerFrame {
    public static Error of(ErrorCode code, String reason, Optional<String> id) {
      return new Error(code.wireName(), reason, code.retry(), id);
    }
  }

  /**
   * The last frame.
   *
   * @param retryAfterMillis absent: coming back with the same hello is of no use
   */
  record Bye(String reason, Optional<Long> retryAfterMillis) implements ServerFrame {}
}
