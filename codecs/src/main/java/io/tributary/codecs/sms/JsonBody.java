package io.tributary.codecs.sms;

import io.tributary.codecs.message.Bytes;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** A body that is one JSON object in UTF-8 (RFC 8259). Depth is bounded by the parser. */
public final class JsonBody implements Fields {
  private final JsonObject object;
  private final String path;

  private JsonBody(JsonObject object, String path) {
    this.object = object;
    this.path = path;
  }

  /**
   * Reads a body.
   *
   * @throws BadPayloadException if it is anything else
   */
  public static JsonBody parse(Bytes body) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(body.unsafeArray());
      String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
      JsonObject object = new JsonObject(text);
      if (object.getMap() != null) {
        return new JsonBody(object, "");
      }
    } catch (CharacterCodingException | DecodeException malformed) {
      throw notAnObject();
    } catch (ClassCastException anotherValue) {
      throw notAnObject();
    }
    throw notAnObject();
  }

  private static BadPayloadException notAnObject() {
    return new BadPayloadException("body", "one JSON object in UTF-8");
  }

  /** A string, or a number as it is written. */
  @Override
  public Optional<String> text(String name) {
    Object value = object.getValue(name);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof String || value instanceof Number) {
      return Optional.of(value.toString());
    }
    throw new BadPayloadException(path + name, "a string");
  }

  @Override
  public String required(String name) {
    return text(name)
        .filter(value -> !value.isEmpty())
        .orElseThrow(() -> new BadPayloadException(path + name, "is needed"));
  }

  /** A number, if there is one; its fraction is left out. */
  public Optional<Long> number(String name) {
    return object.getValue(name) instanceof Number number
        ? Optional.of(number.longValue())
        : Optional.empty();
  }

  /** Whether the name is there, whatever its value. */
  public boolean has(String name) {
    return object.containsKey(name);
  }

  /** An object in this one, if there is one. */
  public Optional<JsonBody> object(String name) {
    return Optional.ofNullable(object.getValue(name)).map(value -> objectOf(value, path + name));
  }

  /** The objects of a list, if there is one. */
  public List<JsonBody> objects(String name) {
    Object value = object.getValue(name);
    if (value == null) {
      return List.of();
    }
    if (value instanceof JsonArray list) {
      return list.stream().map(item -> objectOf(item, path + name)).toList();
    }
    throw new BadPayloadException(path + name, "a list of objects");
  }

  private static JsonBody objectOf(Object value, String path) {
    if (value instanceof JsonObject found) {
      return new JsonBody(found, path + ".");
    }
    throw new BadPayloadException(path, "an object");
  }
}
