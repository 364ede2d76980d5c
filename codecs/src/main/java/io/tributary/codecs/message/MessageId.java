package io.tributary.codecs.message;

import io.tributary.codecs.identity.UserId;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;

/**
 * Names one message, or the thread that begins with it: a function of the mailbox and the position,
 * so that replay gives the same names for ever. Written as 22 characters of base64url.
 */
public record MessageId(UserId user, Position position) {
  private static final int WRITTEN_CHARACTERS = 22;

  /** Reads the form that {@link #toString} writes; empty if it is none. */
  public static Optional<MessageId> parse(String written) {
    if (written.length() != WRITTEN_CHARACTERS) {
      return Optional.empty();
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(written));
      MessageId id = new MessageId(new UserId(bytes.getLong()), new Position(bytes.getLong()));
      return id.toString().equals(written) ? Optional.of(id) : Optional.empty();
    } catch (IllegalArgumentException notOurs) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    byte[] bytes =
        ByteBuffer.allocate(2 * Long.BYTES).putLong(user.value()).putLong(position.value()).array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
