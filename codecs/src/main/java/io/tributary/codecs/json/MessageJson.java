package io.tributary.codecs.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.message.Channel;
import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.MessageView;
import io.tributary.codecs.message.Part;
import io.tributary.codecs.message.Position;
import io.tributary.codecs.message.RecipientState;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;

/**
 * The one shape of a message in JSON: the proto3 JSON of {@code tributary.v1.Message} with every
 * field present, as {@code JsonFormat.printer().alwaysPrintFieldsWithNoPresence()} writes it.
 * 64-bit numbers are decimal strings, times are RFC 3339 in UTC with milliseconds if they are not
 * 0.
 */
public final class MessageJson {
  private MessageJson() {}

  /** One line. */
  public static String write(MessageView message) {
    return JsonText.of(json -> write(message, json));
  }

  /** Writes the object where the generator stands. */
  public static void write(MessageView message, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", message.id().toString());
    json.writeStringField("thread", message.thread().toString());
    json.writeStringField("seq", message.position().toString());
    json.writeStringField("channel", message.channel().name());
    json.writeStringField("from", message.from().toString());
    writeAddresses("to", message.to(), json);
    json.writeStringField("subject", message.subject());
    json.writeStringField("text", message.text());
    json.writeStringField("receivedAt", time(message.receivedMillis()));
    json.writeBooleanField("verified", message.verified());
    writeParts(message.parts(), json);
    writeMarks(message.marks(), json);
    json.writeEndObject();
  }

  private static void writeAddresses(String name, List<Address> addresses, JsonGenerator json)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (Address address : addresses) {
      json.writeString(address.toString());
    }
    json.writeEndArray();
  }

  private static void writeParts(List<Part> parts, JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("parts");
    for (int index = 0; index < parts.size(); index++) {
      Part part = parts.get(index);
      json.writeStartObject();
      json.writeNumberField("index", index);
      json.writeStringField("name", part.name());
      json.writeStringField("contentType", part.contentType());
      json.writeStringField("bytes", Long.toString(part.bytes()));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeMarks(MessageView.Marks marks, JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("flags");
    for (String flag : marks.flags()) {
      json.writeString(flag);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("recipients");
    for (RecipientState recipient : marks.recipients()) {
      json.writeStartObject();
      json.writeStringField("address", recipient.address().toString());
      json.writeStringField("state", recipient.state().name());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeBooleanField("deleted", marks.deleted());
  }

  /** RFC 3339 in UTC, as proto3 JSON has it. */
  static String time(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }

  /**
   * What {@link #write} wrote; where a part's bytes are to be fetched is not in it.
   *
   * @throws UnreadableJsonException names the field
   */
  public static MessageView read(JsonFields json) {
    return new MessageView(
        id("id", json),
        id("thread", json),
        new Position(json.number("seq")),
        oneOf(Channel.class, "channel", json),
        address("from", json.string("from")),
        json.strings("to").stream().map(written -> address("to", written)).toList(),
        json.string("subject"),
        json.string("text"),
        millis(json.string("receivedAt")),
        json.bool("verified"),
        json.objects("parts").stream().map(MessageJson::part).toList(),
        marks(json));
  }

  /**
   * A message's or thread's id.
   *
   * @throws UnreadableJsonException if it is none
   */
  public static MessageId id(String name, JsonFields json) {
    return MessageId.parse(json.string(name))
        .orElseThrow(() -> new UnreadableJsonException(name + ": an id is needed"));
  }

  /** One of an enumeration's names. */
  public static <E extends Enum<E>> E oneOf(Class<E> type, String name, JsonFields json) {
    try {
      return Enum.valueOf(type, json.string(name));
    } catch (IllegalArgumentException unknown) {
      throw new UnreadableJsonException(name + ": unknown");
    }
  }

  /** In the written form {@code kind:value}. */
  public static Address address(String name, String written) {
    try {
      return Address.parse(written);
    } catch (IllegalArgumentException wrong) {
      throw new UnreadableJsonException(name + ": " + wrong.getMessage());
    }
  }

  private static long millis(String written) {
    try {
      return Instant.parse(written).toEpochMilli();
    } catch (DateTimeParseException | ArithmeticException wrong) {
      throw new UnreadableJsonException("receivedAt: a time as in RFC 3339 is needed");
    }
  }

  private static Part part(JsonFields json) {
    return new Part(json.string("name"), json.string("contentType"), json.number("bytes"));
  }

  private static MessageView.Marks marks(JsonFields json) {
    return new MessageView.Marks(
        json.strings("flags"),
        json.has("deleted") && json.bool("deleted"),
        json.objects("recipients").stream().map(MessageJson::recipient).toList());
  }

  private static RecipientState recipient(JsonFields json) {
    return new RecipientState(
        address("address", json.string("address")),
        oneOf(RecipientState.State.class, "state", json));
  }
}
