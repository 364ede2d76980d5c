package io.tributary.loadtests.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;

/**
 * What the server sends, as far as load needs it.
 *
 * @param type {@code welcome}, {@code sent}, {@code message}, {@code error} …
 * @param id the client id that {@code sent} and {@code error} are about
 * @param seq position
 * @param text of a {@code message}
 * @param thread that {@code sent} and {@code typing} are about
 * @param retry whether an {@code error} says to try again
 * @param code of an {@code error}
 */
public record ServerFrame(
    String type,
    Optional<String> id,
    Optional<String> seq,
    Optional<String> text,
    Optional<String> thread,
    boolean retry,
    String code) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A frame that is no JSON object has the type {@code unreadable}. */
  public static ServerFrame parse(String frame) {
    try {
      JsonNode json = JSON.readTree(frame);
      return new ServerFrame(
          json.path("type").asText("unreadable"),
          text(json.path("id")),
          text(json.path("seq")),
          text(json.path("message").path("text")),
          text(json.path("thread")),
          json.path("retry").asBoolean(),
          json.path("code").asText());
    } catch (JsonProcessingException malformed) {
      return new ServerFrame(
          "unreadable",
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          false,
          "");
    }
  }

  private static Optional<String> text(JsonNode node) {
    return node.isValueNode() && !node.isNull() ? Optional.of(node.asText()) : Optional.empty();
  }
}
