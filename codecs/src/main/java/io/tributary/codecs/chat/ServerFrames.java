package io.tributary.codecs.chat;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tributary.codecs.json.JsonText;
import io.tributary.codecs.json.MessageJson;
import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.MessageView;
import java.io.IOException;
import java.util.Set;

/** Server frames as JSON text. */
public final class ServerFrames {
  private ServerFrames() {}

  /** The types there are. */
  public static Set<String> types() {
    return Set.of(
        "welcome",
        "sent",
        "message",
        "update",
        "head",
        "typing",
        "presence",
        "gap",
        "error",
        "bye");
  }

  /** One line. */
  public static String write(ServerFrame frame) {
    return JsonText.of(
        json -> {
          json.writeStartObject();
          write(frame, json);
          json.writeEndObject();
        });
  }

  private static void write(ServerFrame frame, JsonGenerator json) throws IOException {
    if (frame instanceof ServerFrame.Message message) {
      json.writeStringField("type", "message");
      json.writeStringField("seq", message.message().position().toString());
      write(message.message(), json);
    } else if (frame instanceof ServerFrame.Sent sent) {
      write(sent, json);
    } else if (frame instanceof ServerFrame.Update update) {
      write(update, json);
    } else if (frame instanceof ServerFrame.Head head) {
      json.writeStringField("type", "head");
      json.writeStringField("seq", head.seq().toString());
    } else if (frame instanceof ServerFrame.Gap gap) {
      json.writeStringField("type", "gap");
      json.writeStringField("from", gap.from().toString());
      json.writeStringField("to", gap.to().toString());
    } else {
      writeRest(frame, json);
    }
  }

  private static void writeRest(ServerFrame frame, JsonGenerator json) throws IOException {
    if (frame instanceof ServerFrame.Welcome welcome) {
      json.writeStringField("type", "welcome");
      json.writeStringField("user", welcome.user());
      json.writeStringField("seq", welcome.seq().toString());
      json.writeStringField("node", welcome.node());
    } else if (frame instanceof ServerFrame.Typing typing) {
      json.writeStringField("type", "typing");
      json.writeStringField("thread", typing.thread().toString());
      json.writeStringField("from", typing.from().toString());
      json.writeBooleanField("on", typing.on());
    } else if (frame instanceof ServerFrame.Presence presence) {
      json.writeStringField("type", "presence");
      json.writeStringField("user", presence.user());
      json.writeBooleanField("online", presence.online());
    } else if (frame instanceof ServerFrame.Error error) {
      write(error, json);
    } else if (frame instanceof ServerFrame.Bye bye) {
      json.writeStringField("type", "bye");
      json.writeStringField("reason", bye.reason());
      if (bye.retryAfterMillis().isPresent()) {
        json.writeNumberField("retryAfterMillis", bye.retryAfterMillis().get());
      }
    }
  }

  private static void write(ServerFrame.Sent sent, JsonGenerator json) throws IOException {
    json.writeStringField("type", "sent");
    json.writeStringField("id", sent.id());
    json.writeStringField("seq", sent.seq().toString());
    if (sent.message().isPresent()) {
      write(sent.message().get(), json);
    }
  }

  private static void write(MessageView message, JsonGenerator json) throws IOException {
    json.writeStringField("thread", message.thread().toString());
    json.writeFieldName("message");
    MessageJson.write(message, json);
  }

  private static void write(ServerFrame.Update update, JsonGenerator json) throws IOException {
    json.writeStringField("type", "update");
    json.writeStringField("seq", update.seq().toString());
    json.writeStringField("kind", update.kind().name());
    if (update.thread().isPresent()) {
      json.writeStringField("thread", update.thread().get().toString());
    }
    if (!update.messages().isEmpty()) {
      json.writeArrayFieldStart("messages");
      for (MessageId message : update.messages()) {
        json.writeString(message.toString());
      }
      json.writeEndArray();
    }
    if (update.readSeq().isPresent()) {
      json.writeStringField("readSeq", update.readSeq().get().toString());
    }
  }

  private static void write(ServerFrame.Error error, JsonGenerator json) throws IOException {
    json.writeStringField("type", "error");
    json.writeStringField("code", error.code());
    json.writeStringField("reason", error.reason());
    json.writeBooleanField("retry", error.retry());
    if (error.id().isPresent()) {
      json.writeStringField("id", error.id().get());
    }
  }
}
