package io.tributary.codecs.sms;

import io.tributary.codecs.message.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A body of type application/x-www-form-urlencoded (URL Standard, section 5.1), in UTF-8. A percent
 * sign that begins no byte stands for itself, so that whatever was signed can be checked.
 */
public final class FormBody implements Fields {
  public static final int FIELDS_MAX = 1_000;

  private final List<Field> fields;

  /** One name and value, decoded to bytes. A name may come several times. */
  record Field(Bytes name, Bytes value) {}

  private FormBody(List<Field> fields) {
    this.fields = List.copyOf(fields);
  }

  /**
   * Reads a body.
   *
   * @throws BadPayloadException only if it has too many fields
   */
  public static FormBody parse(Bytes body) {
    List<Field> fields = new ArrayList<>();
    byte[] bytes = body.unsafeArray();
    int start = 0;
    while (start < bytes.length) {
      int end = indexOf(bytes, '&', start, bytes.length);
      if (end > start) {
        fields.add(field(bytes, start, end));
      }
      if (fields.size() > FIELDS_MAX) {
        throw new BadPayloadException("body", "at most " + FIELDS_MAX + " fields");
      }
      start = end + 1;
    }
    return new FormBody(fields);
  }

  List<Field> fields() {
    return fields;
  }

  @Override
  public Optional<String> text(String name) {
    Bytes wanted = Bytes.ofUtf8(name);
    return fields.stream()
        .filter(field -> field.name().equals(wanted))
        .findFirst()
        .map(field -> new String(field.value().unsafeArray(), StandardCharsets.UTF_8));
  }

  private static Field field(byte[] bytes, int start, int end) {
    int equals = indexOf(bytes, '=', start, end);
    return new Field(decoded(bytes, start, equals), decoded(bytes, Math.min(equals + 1, end), end));
  }

  private static int indexOf(byte[] bytes, char wanted, int start, int end) {
    int at = start;
    while (at < end && bytes[at] != wanted) {
      at++;
    }
    return at;
  }

  private static Bytes decoded(byte[] bytes, int start, int end) {
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(end - start);
    int at = start;
    while (at < end) {
      int escaped = bytes[at] == '%' && at + 2 < end ? hex(bytes[at + 1], bytes[at + 2]) : -1;
      if (escaped >= 0) {
        decoded.write(escaped);
        at += 3;
      } else {
        decoded.write(bytes[at] == '+' ? ' ' : bytes[at]);
        at++;
      }
    }
    return Bytes.ofOwned(decoded.toByteArray());
  }

  private static int hex(byte high, byte low) {
    int one = Character.digit(high, 16);
    int other = Character.digit(low, 16);
    return one < 0 || other < 0 ? -1 : one * 16 + other;
  }
}
