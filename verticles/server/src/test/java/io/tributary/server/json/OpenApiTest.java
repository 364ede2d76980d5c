package io.tributary.server.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Message;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tributary.server.testing.ApiFixture;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The description and the code say the same. */
class OpenApiTest {
  private final Vertx vertx = Vertx.vertx();
  private final ApiFixture api = new ApiFixture(vertx);
  private final JsonObject document = read();
  private final List<Endpoint<?>> endpoints = Endpoints.of(api.services());

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private static JsonObject read() {
    try (InputStream file = ApiRoutes.class.getResourceAsStream("openapi.json")) {
      return new JsonObject(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void everyRouteShouldBeDescribedAndNothingElse() {
    Router router = Router.router(vertx);
    ApiRoutes.Shared shared =
        new ApiRoutes.Shared(
            JsonFixture.LIMITS, List.of(), new SimpleMeterRegistry(), new SplittableRandom(1));
    new ApiRoutes(api.services(), shared).mount(router);
    Set<String> routed = new TreeSet<>();
    for (Route route : router.getRoutes()) {
      if (route.methods() != null && !route.getPath().equals(ApiRoutes.DESCRIPTION)) {
        for (HttpMethod method : route.methods()) {
          if (!method.equals(HttpMethod.HEAD)) {
            routed.add(method.name() + " " + route.getPath());
          }
        }
      }
    }
    Set<String> described =
        operations().keySet().stream()
            .map(operation -> operation.replace("{", ":").replace("}", ""))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(described).isEqualTo(routed);
  }

  @Test
  void parametersAndBodiesShouldBeTheFieldsOfTheRequests() {
    for (Endpoint<?> endpoint : endpoints) {
      String name = endpoint.method() + " " + endpoint.path();
      JsonObject operation = Objects.requireNonNull(operations().get(name), name);
      Map<String, String> fields = jsonFields(endpoint.prototype().getDescriptorForType());
      Set<String> said = new TreeSet<>();
      for (JsonObject parameter : objects(operation.getJsonArray("parameters"))) {
        String in = parameter.getString("in");
        String field = meant(fields, parameter.getString("name"), in);
        if (in.equals("header")) {
          continue;
        }
        assertThat(fields).as(name).containsKey(field);
        assertThat(said.add(field)).as("%s says %s twice", name, field).isTrue();
        assertThat(endpoint.path().contains("{" + parameter.getString("name") + "}"))
            .as("%s: %s", name, field)
            .isEqualTo(in.equals("path"));
      }
      if (endpoint.hasBody()) {
        JsonObject schema = bodySchema(operation);
        assertThat(schema.getBoolean("additionalProperties")).isFalse();
        said.addAll(schema.getJsonObject("properties").fieldNames());
      }
      Set<String> left = new TreeSet<>(fields.keySet());
      left.removeAll(said);
      assertThat(fields.keySet()).as(name).containsAll(said);
      assertThat(left).as(name).isSubsetOf(meaninglessAt(endpoint));
    }
  }

  /** Fields that would contradict the path. */
  private static Set<String> meaninglessAt(Endpoint<?> endpoint) {
    String type = endpoint.prototype().getDescriptorForType().getName();
    if (!type.equals("ModifyRequest") && !type.equals("DeleteRequest")) {
      return Set.of();
    }
    return endpoint.path().contains("/threads/")
        ? Set.of("messages")
        : Set.of("thread", "folder", "readSeq");
  }

  private static String meant(Map<String, String> fields, String name, String in) {
    boolean user = in.equals("path") && name.equals("name") && fields.containsKey("user");
    boolean one = in.equals("path") && name.equals("id") && fields.containsKey("messages");
    return user ? "user" : one ? "messages" : name;
  }

  private static JsonObject bodySchema(JsonObject operation) {
    return operation
        .getJsonObject("requestBody")
        .getJsonObject("content")
        .getJsonObject("application/json")
        .getJsonObject("schema");
  }

  @Test
  void schemasShouldHaveTheFieldsAndValuesOfTheContract() {
    Map<String, Descriptor> messages = new HashMap<>();
    Map<String, EnumDescriptor> enums = new HashMap<>();
    for (FileDescriptor file : files()) {
      file.getEnumTypes().forEach(type -> enums.put(type.getName(), type));
      file.getMessageTypes().forEach(type -> collect(type, "", messages, enums));
    }
    JsonObject schemas = document.getJsonObject("components").getJsonObject("schemas");
    for (String name : schemas.fieldNames()) {
      if (name.equals("Problem")) {
        continue;
      }
      JsonObject schema = schemas.getJsonObject(name);
      if (enums.containsKey(name)) {
        assertThat(schema.getJsonArray("enum").getList())
            .as(name)
            .isEqualTo(
                enums.get(name).getValues().stream().map(EnumValueDescriptor::getName).toList());
        continue;
      }
      assertThat(messages).containsKey(name);
      Map<String, String> fields = jsonFields(Objects.requireNonNull(messages.get(name)));
      JsonObject properties = schema.getJsonObject("properties");
      assertThat(properties.fieldNames()).as(name).isEqualTo(fields.keySet());
      fields.forEach(
          (field, type) ->
              assertThat(typeOf(properties.getJsonObject(field)))
                  .as("%s.%s", name, field)
                  .isEqualTo(type));
    }
  }

  @Test
  void answersShouldBeDescribedByTheSchemaOfTheirMessage() {
    Set<String> known = document.getJsonObject("components").getJsonObject("schemas").fieldNames();
    String text = document.encode();
    for (String piece : text.split("#/components/schemas/", -1)) {
      if (!piece.startsWith("{")) {
        assertThat(known).contains(piece.substring(0, piece.indexOf('"')));
      }
    }
    assertThat(document.getString("openapi")).startsWith("3.1.");
    Set<String> ids = new TreeSet<>();
    operations()
        .forEach(
            (name, operation) ->
                assertThat(ids.add(operation.getString("operationId"))).as(name).isTrue());
  }

  private static List<FileDescriptor> files() {
    List<FileDescriptor> files = new ArrayList<>();
    for (Message one :
        List.of(
            io.tributary.v1.GetRingRequest.getDefaultInstance(),
            io.tributary.v1.CreateUserRequest.getDefaultInstance(),
            io.tributary.v1.SendRequest.getDefaultInstance(),
            io.tributary.v1.Message.getDefaultInstance())) {
      files.add(one.getDescriptorForType().getFile());
    }
    return files;
  }

  private static void collect(
      Descriptor type,
      String outer,
      Map<String, Descriptor> messages,
      Map<String, EnumDescriptor> enums) {
    String name = outer + type.getName();
    messages.put(name, type);
    type.getEnumTypes().forEach(inner -> enums.put(name + "." + inner.getName(), inner));
    type.getNestedTypes().forEach(inner -> collect(inner, name + ".", messages, enums));
  }

  private static Map<String, String> jsonFields(Descriptor type) {
    return type.getFields().stream()
        .collect(Collectors.toMap(FieldDescriptor::getJsonName, OpenApiTest::typeOf));
  }

  private static String typeOf(FieldDescriptor field) {
    String one =
        switch (field.getType()) {
          case STRING, UINT64, BYTES -> "string";
          case BOOL -> "boolean";
          case INT32, UINT32 -> "integer";
          case DOUBLE -> "number";
          case ENUM -> shortName(field.getEnumType().getFullName());
          case MESSAGE ->
              field.getMessageType().getFullName().equals("google.protobuf.Timestamp")
                  ? "string"
                  : shortName(field.getMessageType().getFullName());
          default -> field.getType().name().toLowerCase(Locale.ROOT);
        };
    return field.isRepeated() ? "array of " + one : one;
  }

  private static String shortName(String full) {
    return full.replace("tributary.v1.", "");
  }

  private static String typeOf(JsonObject schema) {
    String reference = schema.getString("$ref");
    if (reference != null) {
      return reference.replace("#/components/schemas/", "");
    }
    return schema.getString("type").equals("array")
        ? "array of " + typeOf(schema.getJsonObject("items"))
        : schema.getString("type");
  }

  private Map<String, JsonObject> operations() {
    Map<String, JsonObject> operations = new HashMap<>();
    JsonObject paths = document.getJsonObject("paths");
    for (String path : paths.fieldNames()) {
      JsonObject methods = paths.getJsonObject(path);
      for (String method : methods.fieldNames()) {
        operations.put(method.toUpperCase(Locale.ROOT) + " " + path, methods.getJsonObject(method));
      }
    }
    return operations;
  }

  private static List<JsonObject> objects(JsonArray array) {
    return array == null ? List.of() : array.stream().map(JsonObject.class::cast).toList();
  }
}
