package io.tributary.codecs.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON objects. Bounded in length, depth, names and numbers; a name given twice is refused.
 * Safe for any thread.
 */
public final class JsonReader {
  private static final int DEPTH_MAX = 8;
  private static final int NUMBER_CHARACTERS_MAX = 32;
  private static final int NAME_CHARACTERS_MAX = 256;

  private final JsonFactory factory;

  /**
   * @param charactersMax of a text
   */
  public JsonReader(int charactersMax) {
    this.factory =
        JsonFactory.builder()
            // a table of names would be filled by strangers
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(constraints(charactersMax))
            .build();
  }

  private static StreamReadConstraints constraints(int charactersMax) {
    return StreamReadConstraints.builder()
        .maxDocumentLength(charactersMax)
        .maxStringLength(charactersMax)
        .maxNestingDepth(DEPTH_MAX)
        .maxNumberLength(NUMBER_CHARACTERS_MAX)
        .maxNameLength(NAME_CHARACTERS_MAX)
        .build();
  }

  /**
   * Reads text that is one object and nothing else.
   *
   * @param wanted names of the object's fields; others are passed over
   * @throws UnreadableJsonException says where, not what
   */
  public JsonFields read(String text, Predicate<String> wanted) {
    try (JsonParser parser = factory.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new UnreadableJsonException("an object is needed");
      }
      JsonFields fields = object(parser, wanted);
      if (parser.nextToken() != null) {
        throw new UnreadableJsonException("something follows the object");
      }
      return fields;
    } catch (StreamConstraintsException wrong) {
      throw new UnreadableJsonException("too long, too deep, or with a number or name too long");
    } catch (JsonProcessingException wrong) {
      throw new UnreadableJsonException("not JSON" + where(wrong.getLocation()));
    } catch (IOException wrong) {
      throw new UnreadableJsonException("not JSON");
    }
  }

  private static String where(@Nullable JsonLocation location) {
    return location == null ? "" : " at character " + location.getCharOffset();
  }

  private static JsonFields object(JsonParser parser, Predicate<String> wanted) throws IOException {
    Map<String, Object> values = new HashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      if (!wanted.test(name)) {
        parser.skipChildren();
        continue;
      }
      Object value = value(parser);
      if (value != null) {
        values.put(name, value);
      }
    }
    return new JsonFields(values);
  }

  private static @Nullable Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_STRING -> parser.getText();
      case VALUE_TRUE -> Boolean.TRUE;
      case VALUE_FALSE -> Boolean.FALSE;
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonFields.Number(parser.getText());
      case START_OBJECT -> object(parser, name -> true);
      case START_ARRAY -> array(parser);
      default -> null;
    };
  }

  private static List<Object> array(JsonParser parser) throws IOException {
    List<Object> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      Object item = value(parser);
      if (item == null) {
        throw new UnreadableJsonException("a list holds no null");
      }
      items.add(item);
    }
    return items;
  }
}
