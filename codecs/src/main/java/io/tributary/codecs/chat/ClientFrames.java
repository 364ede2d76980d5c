package io.tributary.codecs.chat;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tributary.codecs.json.JsonFields;
import io.tributary.codecs.json.JsonReader;
import io.tributary.codecs.json.JsonText;
import io.tributary.codecs.json.MessageJson;
import io.tributary.codecs.json.UnreadableJsonException;
import io.tributary.codecs.message.ClientId;
import io.tributary.codecs.message.Content;
import io.tributary.codecs.message.Position;
import java.io.IOException;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * Client frames as JSON text. Fields that are not known are passed over, so that newer clients can
 * talk to older servers.
 */
public final class ClientFrames {
  /** Of a frame's text, in characters and in bytes of UTF-8. */
  public static final int FRAME_MAX = 128 * 1024;

  private static final JsonReader READER = new JsonReader(FRAME_MAX);
  private static final int TOKEN_CHARACTERS_MAX = 256;
  private static final Set<String> FIELDS =
      Set.of(
          "type", "token", "device", "since", "id", "thread", "to", "subject", "text", "seq", "on");

  private ClientFrames() {}

  /** The types there are. */
  public static Set<String> types() {
    return Set.of("hello", "send", "read", "typing", "ack");
  }

  /** Never throws: what is no frame is {@link ClientFrame.Bad}. */
  public static ClientFrame parse(String text) {
    JsonFields json;
    try {
      json = READER.read(text, FIELDS::contains);
    } catch (UnreadableJsonException notJson) {
      return new ClientFrame.Bad(ErrorCode.NOT_JSON, reason(notJson), Optional.empty());
    }
    try {
      return frame(json);
    } catch (UnreadableJsonException wrong) {
      return new ClientFrame.Bad(ErrorCode.INVALID, reason(wrong), idOf(json));
    }
  }

  private static ClientFrame frame(JsonFields json) {
    String type = json.has("type") ? json.string("type") : "";
    return switch (type) {
      case "hello" -> hello(json);
      case "send" -> send(json);
      case "read" -> new ClientFrame.Read(MessageJson.id("thread", json), position("seq", json));
      case "typing" -> new ClientFrame.Typing(MessageJson.id("thread", json), json.bool("on"));
      case "ack" -> new ClientFrame.Ack(position("seq", json));
      default ->
          new ClientFrame.Bad(
              ErrorCode.UNKNOWN_TYPE,
              "type: one of hello, send, read, typing, ack is needed",
              idOf(json));
    };
  }

  private static ClientFrame hello(JsonFields json) {
    return new ClientFrame.Hello(
        bounded("token", json, TOKEN_CHARACTERS_MAX),
        bounded("device", json, ClientId.DEVICE_CHARACTERS_MAX),
        json.has("since") ? Optional.of(position("since", json)) : Optional.empty());
  }

  private static ClientFrame send(JsonFields json) {
    String id = bounded("id", json, ClientId.ID_CHARACTERS_MAX);
    boolean inThread = json.has("thread");
    if (inThread == json.has("to")) {
      throw new UnreadableJsonException("to: either this or thread is needed");
    }
    return new ClientFrame.Send(
        id,
        inThread ? Optional.of(MessageJson.id("thread", json)) : Optional.empty(),
        json.strings("to"),
        subject(json),
        text(json));
  }

  private static String subject(JsonFields json) {
    String subject = wellFormed("subject", json.optionalString("subject").orElse(""));
    if (subject.length() > Content.SUBJECT_CHARACTERS_MAX) {
      throw new UnreadableJsonException(
          "subject: at most " + Content.SUBJECT_CHARACTERS_MAX + " characters");
    }
    return subject;
  }

  private static String text(JsonFields json) {
    String text = wellFormed("text", json.string("text"));
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes == 0 || bytes > Content.TEXT_BYTES_MAX) {
      throw new UnreadableJsonException(
          "text: 1 to " + Content.TEXT_BYTES_MAX + " bytes of UTF-8, not " + bytes);
    }
    return text;
  }

  private static String bounded(String name, JsonFields json, int charactersMax) {
    String value = wellFormed(name, json.string(name));
    if (value.isEmpty() || value.length() > charactersMax) {
      throw new UnreadableJsonException(name + ": 1 to " + charactersMax + " characters");
    }
    return value;
  }

  /** Half of a surrogate pair could not be stored and would come back as something else. */
  private static String wellFormed(String name, String value) {
    try {
      StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(value));
      return value;
    } catch (CharacterCodingException lone) {
      throw new UnreadableJsonException(name + ": half of a surrogate pair");
    }
  }

  private static Position position(String name, JsonFields json) {
    return new Position(json.number(name));
  }

  private static Optional<String> idOf(JsonFields json) {
    try {
      return Optional.of(bounded("id", json, ClientId.ID_CHARACTERS_MAX));
    } catch (UnreadableJsonException none) {
      return Optional.empty();
    }
  }

  private static String reason(UnreadableJsonException wrong) {
    String message = wrong.getMessage();
    return message == null ? "unreadable" : message;
  }

  /** As a client writes it. */
  public static String write(ClientFrame frame) {
    return JsonText.of(
        json -> {
          json.writeStartObject();
          write(frame, json);
          json.writeEndObject();
        });
  }

  private static void write(ClientFrame frame, JsonGenerator json) throws IOException {
    if (frame instanceof ClientFrame.Hello hello) {
      json.writeStringField("type", "hello");
      json.writeStringField("token", hello.token());
      json.writeStringField("device", hello.device());
      if (hello.since().isPresent()) {
        json.writeStringField("since", hello.since().get().toString());
      }
    } else if (frame instanceof ClientFrame.Send send) {
      write(send, json);
    } else if (frame instanceof ClientFrame.Read read) {
      json.writeStringField("type", "read");
      json.writeStringField("thread", read.thread().toString());
      json.writeStringField("seq", read.seq().toString());
    } else if (frame instanceof ClientFrame.Typing typing) {
      json.writeStringField("type", "typing");
      json.writeStringField("thread", typing.thread().toString());
      json.writeBooleanField("on", typing.on());
    } else if (frame instanceof ClientFrame.Ack ack) {
      json.writeStringField("type", "ack");
      json.writeStringField("seq", ack.seq().toString());
    } else {
      throw new IllegalArgumentException("this is nothing that a client says");
    }
  }

  private static void write(ClientFrame.Send send, JsonGenerator json) throws IOException {
    json.writeStringField("type", "send");
    json.writeStringField("id", send.id());
    if (send.thread().isPresent()) {
      json.writeStringField("thread", send.thread().get().toString());
    } else {
      json.writeArrayFieldStart("to");
      for (String to : send.to()) {
        json.writeString(to);
      }
      json.writeEndArray();
    }
    if (!send.subject().isEmpty()) {
      json.writeStringField("subject", send.subject());
    }
    json.writeStringField("text", send.text());
  }
}
