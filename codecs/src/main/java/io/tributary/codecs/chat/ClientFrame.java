package io.tributary.codecs.chat;

import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.Position;
import java.util.List;
import java.util.Optional;

/** What a client says. */
public sealed interface ClientFrame {

  /**
   * The first frame.
   *
   * @param device names the installation, 1 to 64 characters
   * @param since everything behind it is to be told; absent: what happens from now on
   */
  record Hello(String token, String device, Optional<Position> since) implements ClientFrame {}

  /**
   * Sends a message.
   *
   * @param id 1 to 128 characters, unique on the device
   * @param thread instead of {@code to}
   * @param to as written: {@code kind:value} or bare
   */
  record Send(String id, Optional<MessageId> thread, List<String> to, String subject, String text)
      implements ClientFrame {
    public Send {
      to = List.copyOf(to);
    }
  }

  /** The user has read a thread up to here. */
  record Read(MessageId thread, Position seq) implements ClientFrame {}

  /** The user types, or stopped. */
  record Typing(MessageId thread, boolean on) implements ClientFrame {}

  /** The device has taken care of everything up to here. */
  record Ack(Position seq) implements ClientFrame {}

  /**
   * No frame.
   *
   * @param reason names the rule, not the content
   * @param id of the send that it should have been
   */
  record Bad(ErrorCode code, String reason, Optional<String> id) implements ClientFrame {}
}
