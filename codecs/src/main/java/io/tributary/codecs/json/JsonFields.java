package io.tributary.codecs.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The fields of a JSON object; {@code null} is the same as absent. Every method but {@link #has}
 * throws {@link UnreadableJsonException}, which names the field and what it should be.
 */
public final class JsonFields {
  private final Map<String, Object> values;

  JsonFields(Map<String, Object> values) {
    this.values = values;
  }

  /** What a number is written as. */
  record Number(String text) {}

  public boolean has(String name) {
    return values.containsKey(name);
  }

  public String string(String name) {
    return optionalString(name).orElseThrow(() -> wrong(name, "a string is needed"));
  }

  public Optional<String> optionalString(String name) {
    Object value = values.get(name);
    if (value == null || value instanceof String) {
      return Optional.ofNullable((String) value);
    }
    throw wrong(name, "a string is needed");
  }

  public boolean bool(String name) {
    if (values.get(name) instanceof Boolean value) {
      return value;
    }
    throw wrong(name, "true or false is needed");
  }

  /** A whole number of 0 to 2^63-1, as a decimal string or as a number. */
  public long number(String name) {
    Object value = values.get(name);
    String written =
        value instanceof Number number ? number.text() : value instanceof String text ? text : "";
    boolean digits = !written.isEmpty() && written.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!digits) {
      throw wrong(name, "a whole number from 0 is needed, best as a string");
    }
    try {
      return Long.parseLong(written);
    } catch (NumberFormatException tooLarge) {
      throw wrong(name, "a number of at most 63 bits is needed");
    }
  }

  /** Absent: empty. */
  public List<String> strings(String name) {
    List<String> strings = new ArrayList<>();
    for (Object item : list(name)) {
      if (!(item instanceof String string)) {
        throw wrong(name, "a list of strings is needed");
      }
      strings.add(string);
    }
    return strings;
  }

  /** Absent: empty. */
  public List<JsonFields> objects(String name) {
    List<JsonFields> objects = new ArrayList<>();
    for (Object item : list(name)) {
      if (!(item instanceof JsonFields fields)) {
        throw wrong(name, "a list of objects is needed");
      }
      objects.add(fields);
    }
    return objects;
  }

  public JsonFields object(String name) {
    if (values.get(name) instanceof JsonFields fields) {
      return fields;
    }
    throw wrong(name, "an object is needed");
  }

  private List<?> list(String name) {
    Object value = values.get(name);
    if (value == null) {
      return List.of();
    }
    if (value instanceof List<?> list) {
      return list;
    }
    throw wrong(name, "a list is needed");
  }

  private static UnreadableJsonException wrong(String name, String needed) {
    return new UnreadableJsonException(name + ": " + needed);
  }
}
