package io.tributary.server.json;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import io.tributary.codecs.json.JsonReader;
import io.tributary.codecs.json.UnreadableJsonException;
import io.tributary.server.api.Refusal;
import io.tributary.server.api.Refusal.Field;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Makes request messages of paths, queries and bodies. Strict: what is unknown, given twice or of
 * the wrong type is refused by its name. All throw {@link Refusal}. Safe for any thread.
 */
final class Questions {
  private static final int REASON_CHARACTERS_MAX = 200;

  /** Java reads a plus sign and the digits of every script too. */
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,20}");

  private static final Set<FieldDescriptor.Type> NUMBERS =
      Set.of(FieldDescriptor.Type.INT32, FieldDescriptor.Type.UINT32, FieldDescriptor.Type.UINT64);

  private final JsonReader strict;

  /**
   * @param charactersMax of a body
   */
  Questions(int charactersMax) {
    this.strict = new JsonReader(charactersMax);
  }

  /** Where the parts of a request stand. */
  record Asked(Map<String, String> path, List<Map.Entry<String, String>> query, String body) {}

  <Q extends Message> Q read(Endpoint<Q> endpoint, Asked asked) {
    Message.Builder question = endpoint.prototype().newBuilderForType();
    if (endpoint.hasBody()) {
      body(question, asked.body());
      if (!asked.query().isEmpty()) {
        throw unknown(asked.query().get(0).getKey());
      }
    } else {
      asked.query().forEach(parameter -> parameter(question, parameter));
    }
    asked.path().forEach((name, value) -> pathField(question, name, value));
    mustBeWellFormed(question);
    @SuppressWarnings("unchecked")
    Q whole = (Q) question.build();
    return whole;
  }

  private void body(Message.Builder question, String body) {
    try {
      // JsonFormat's own parser is lenient, and goes as deep as it is led.
      strict.read(body, name -> false);
      JsonFormat.parser().merge(body, question);
    } catch (UnreadableJsonException wrong) {
      throw Refusal.rule("body: " + wrong.getMessage());
    } catch (InvalidProtocolBufferException wrong) {
      throw Refusal.rule("body: " + shortened(String.valueOf(wrong.getMessage())));
    }
  }

  /** JSON can write half of a surrogate pair, which no UTF-8 can hold. */
  private static void mustBeWellFormed(MessageOrBuilder question) {
    question.getAllFields().forEach(Questions::mustBeWellFormed);
  }

  private static void mustBeWellFormed(FieldDescriptor field, Object value) {
    if (value instanceof List<?> values) {
      values.forEach(each -> mustBeWellFormed(field, each));
    } else if (value instanceof MessageOrBuilder inner) {
      mustBeWellFormed(inner);
    } else if (value instanceof String text && text.codePoints().anyMatch(Questions::isHalf)) {
      throw Refusal.invalid(
          new Field(field.getJsonName()), "holds half of a surrogate pair, which is no character");
    }
  }

  private static boolean isHalf(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  /** It may quote what the caller wrote: that goes back to the caller only, and not at length. */
  private static String shortened(String reason) {
    String line = reason.replaceAll("\\p{Cntrl}+", " ");
    return line.substring(0, Math.min(line.length(), REASON_CHARACTERS_MAX));
  }

  private static Refusal unknown(String parameter) {
    return Refusal.rule("query: there is no parameter " + shortened(parameter));
  }

  private static void parameter(Message.Builder question, Map.Entry<String, String> parameter) {
    FieldDescriptor field = field(question.getDescriptorForType(), parameter.getKey());
    if (!field.isRepeated() && isSet(question, field)) {
      throw Refusal.invalid(new Field(parameter.getKey()), "is given more than once");
    }
    set(question, field, parameter.getValue());
  }

  /** What the path says must not be said again. */
  private static void pathField(Message.Builder question, String name, String value) {
    Descriptor type = question.getDescriptorForType();
    FieldDescriptor field = field(type, meant(type, name));
    if (field.isRepeated() ? question.getRepeatedFieldCount(field) > 0 : isSet(question, field)) {
      throw Refusal.invalid(new Field(field.getJsonName()), "stands in the path already");
    }
    set(question, field, value);
  }

  private static String meant(Descriptor type, String name) {
    boolean user = name.equals("name") && type.findFieldByName("user") != null;
    boolean one = name.equals("id") && type.findFieldByName("messages") != null;
    return user ? "user" : one ? "messages" : name;
  }

  private static boolean isSet(Message.Builder question, FieldDescriptor field) {
    return field.hasPresence()
        ? question.hasField(field)
        : !question.getField(field).equals(field.getDefaultValue());
  }

  private static FieldDescriptor field(Descriptor type, String name) {
    for (FieldDescriptor field : type.getFields()) {
      if (field.getJsonName().equals(name)) {
        return field;
      }
    }
    throw unknown(name);
  }

  private static void set(Message.Builder question, FieldDescriptor field, String written) {
    Object value = value(field, written);
    if (field.isRepeated()) {
      question.addRepeatedField(field, value);
    } else {
      question.setField(field, value);
    }
  }

  private static Object value(FieldDescriptor field, String written) {
    Field name = new Field(field.getJsonName());
    if (NUMBERS.contains(field.getType()) && !NUMBER.matcher(written).matches()) {
      throw Refusal.invalid(name, "a whole number is needed");
    }
    try {
      return switch (field.getType()) {
        case STRING -> written;
        case INT32 -> Integer.parseInt(written);
        case UINT32 -> Integer.parseUnsignedInt(written);
        case UINT64 -> Long.parseUnsignedLong(written);
        case BOOL -> bool(name, written);
        case ENUM -> oneOf(field, written);
        default -> throw new IllegalStateException("no parameter has type " + field.getType());
      };
    } catch (NumberFormatException wrong) {
      throw Refusal.invalid(name, "a whole number is needed");
    }
  }

  private static boolean bool(Field name, String written) {
    return switch (written) {
      case "true" -> true;
      case "false" -> false;
      default -> throw Refusal.invalid(name, "true or false");
    };
  }

  private static EnumValueDescriptor oneOf(FieldDescriptor field, String written) {
    EnumValueDescriptor value = field.getEnumType().findValueByName(written);
    if (value == null) {
      List<String> names =
          field.getEnumType().getValues().stream().map(EnumValueDescriptor::getName).toList();
      throw Refusal.invalid(new Field(field.getJsonName()), String.join(" or ", names));
    }
    return value;
  }
}
