package io.tributary.codecs.cell;

import com.google.protobuf.Message;
import java.util.List;

/**
 * Messages with nothing in them that this version does not know. Who carries out what it
 * understands by half loses the rest, and the sender is told that all is done.
 */
public final class Whole {
  private Whole() {}

  /** Throws {@code IllegalArgumentException} if it, or a message in it, has an unknown field. */
  public static void check(Message message) {
    if (!message.getUnknownFields().isEmpty()) {
      throw new IllegalArgumentException(
          "a field of a newer version in " + message.getDescriptorForType().getName());
    }
    checkInside(message);
  }

  /** The same of the messages in it alone. */
  public static void checkInside(Message message) {
    message.getAllFields().values().forEach(Whole::checkValue);
  }

  private static void checkValue(Object value) {
    if (value instanceof Message inside) {
      check(inside);
    } else if (value instanceof List<?> many) {
      many.forEach(Whole::checkValue);
    }
  }
}
