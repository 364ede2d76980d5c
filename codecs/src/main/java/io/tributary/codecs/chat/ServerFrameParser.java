package io.tributary.codecs.chat;

import io.tributary.codecs.json.JsonFields;
import io.tributary.codecs.json.JsonReader;
import io.tributary.codecs.json.MessageJson;
import io.tributary.codecs.json.UnreadableJsonException;
import io.tributary.codecs.live.LiveEvent;
import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.MessageView;
import io.tributary.codecs.message.Position;
import java.util.List;
import java.util.Optional;

/** Server frames from JSON text, for clients. */
public final class ServerFrameParser {
  /** Longest frame a server sends, in characters: a message to a thousand people. */
  public static final int FRAME_CHARACTERS_MAX = 4 * 1024 * 1024;

  private static final JsonReader READER = new JsonReader(FRAME_CHARACTERS_MAX);

  private ServerFrameParser() {}

  /** Empty if it is none, or of a type that this version does not know. Never throws. */
  public static Optional<ServerFrame> parse(String text) {
    try {
      return frame(READER.read(text, name -> true));
    } catch (UnreadableJsonException unreadable) {
      return Optional.empty();
    }
  }

  private static Optional<ServerFrame> frame(JsonFields json) {
    return Optional.ofNullable(
        switch (json.string("type")) {
          case "welcome" ->
              new ServerFrame.Welcome(json.string("user"), seq(json), json.string("node"));
          case "sent" -> new ServerFrame.Sent(json.string("id"), seq(json), message(json));
          case "message" -> new ServerFrame.Message(MessageJson.read(json.object("message")));
          case "update" -> update(json);
          case "head" -> new ServerFrame.Head(seq(json));
          case "typing" -> typing(json);
          case "presence" -> new ServerFrame.Presence(json.string("user"), json.bool("online"));
          case "gap" -> new ServerFrame.Gap(position("from", json), position("to", json));
          case "error" ->
              new ServerFrame.Error(
                  json.string("code"),
                  json.string("reason"),
                  json.bool("retry"),
                  json.optionalString("id"));
          case "bye" -> bye(json);
          default -> null;
        });
  }

  private static ServerFrame update(JsonFields json) {
    List<MessageId> messages =
        json.strings("messages").stream().map(ServerFrameParser::id).toList();
    return new ServerFrame.Update(
        seq(json),
        MessageJson.oneOf(LiveEvent.Kind.class, "kind", json),
        json.optionalString("thread").map(ServerFrameParser::id),
        messages,
        json.has("readSeq") ? Optional.of(position("readSeq", json)) : Optional.empty());
  }

  private static ServerFrame typing(JsonFields json) {
    return new ServerFrame.Typing(
        MessageJson.id("thread", json),
        MessageJson.address("from", json.string("from")),
        json.bool("on"));
  }

  private static ServerFrame bye(JsonFields json) {
    return new ServerFrame.Bye(
        json.string("reason"),
        json.has("retryAfterMillis")
            ? Optional.of(json.number("retryAfterMillis"))
            : Optional.empty());
  }

  private static Optional<MessageView> message(JsonFields json) {
    return json.has("message")
        ? Optional.of(MessageJson.read(json.object("message")))
        : Optional.empty();
  }

  private static MessageId id(String written) {
    return MessageId.parse(written)
        .orElseThrow(() -> new UnreadableJsonException("an id is needed"));
  }

  private static Position seq(JsonFields json) {
    return position("seq", json);
  }

  private static Position position(String name, JsonFields json) {
    return new Position(json.number(name));
  }
}
