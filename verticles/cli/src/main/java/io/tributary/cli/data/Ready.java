package io.tributary.cli.data;

import io.tributary.cli.shell.HostPort;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What {@code run/ready.json} says: where a running installation listens and how to be let in.
 *
 * @param publicUrl how the world reaches the HTTP face
 * @param caFile PEM: whom to trust, if it encrypts
 * @param nodes all of them; {@code faces} are those of the first
 */
public record Ready(
    Faces faces,
    String publicUrl,
    String operatorToken,
    Sms sms,
    List<User> users,
    Optional<Path> caFile,
    List<Node> nodes) {

  /** Of one that does not encrypt. */
  public Ready(Faces faces, String publicUrl, String operatorToken, Sms sms, List<User> users) {
    this(faces, publicUrl, operatorToken, sms, users, Optional.empty(), List.of());
  }

  /** Where a node listens. */
  public record Faces(HostPort smtp, HostPort http, HostPort grpc, HostPort ops) {

    /**
     * Reads {@code {"smtp":"host:port",…}}.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    public static Faces parse(String json) {
      return of(object(json));
    }

    private static Faces of(JsonObject json) {
      return new Faces(
          face(json, "smtp"), face(json, "http"), face(json, "grpc"), face(json, "ops"));
    }

    private JsonObject json() {
      return new JsonObject()
          .put("smtp", smtp.toString())
          .put("http", http.toString())
          .put("grpc", grpc.toString())
          .put("ops", ops.toString());
    }

    private static HostPort face(JsonObject json, String name) {
      return HostPort.parse(json.getString(name, "nothing"));
    }
  }

  /** The account that text messages come in by. */
  public record Sms(String account, String authToken) {}

  /** A demo user with a token for the mailbox. */
  public record User(String name, String email, String phone, String token) {}

  /**
   * A node, and where it listens.
   *
   * @param name of its process, its log and its pid file
   */
  public record Node(String name, String cell, Faces faces) {}

  public Ready {
    users = List.copyOf(users);
    nodes = List.copyOf(nodes);
  }

  /** The user's token, if the file has one. */
  public Optional<String> tokenOf(String user) {
    return users.stream().filter(known -> known.name().equals(user)).map(User::token).findFirst();
  }

  /** What the file says; empty if there is none, which means that nothing is ready. */
  public static Optional<Ready> read(Path file) throws IOException {
    try {
      return Optional.of(parse(Files.readString(file)));
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    } catch (IllegalArgumentException | ClassCastException damaged) {
      throw new IOException(file + " is damaged: " + damaged.getMessage(), damaged);
    }
  }

  static Ready parse(String text) {
    JsonObject json = object(text);
    JsonObject sms = json.getJsonObject("sms", new JsonObject());
    return new Ready(
        Faces.of(json),
        json.getString("publicUrl", ""),
        json.getString("operatorToken", ""),
        new Sms(sms.getString("account", ""), sms.getString("authToken", "")),
        json.getJsonArray("users", new JsonArray()).stream()
            .map(JsonObject.class::cast)
            .map(Ready::user)
            .toList(),
        Optional.of(json.getString("ca", "")).filter(file -> !file.isEmpty()).map(Path::of),
        json.getJsonArray("nodes", new JsonArray()).stream()
            .map(JsonObject.class::cast)
            .map(Ready::node)
            .toList());
  }

  private static Node node(JsonObject json) {
    return new Node(json.getString("name", ""), json.getString("cell", ""), Faces.of(json));
  }

  private static User user(JsonObject json) {
    return new User(
        json.getString("name", ""),
        json.getString("email", ""),
        json.getString("phone", ""),
        json.getString("token", ""));
  }

  private static JsonObject object(String text) {
    try {
      return new JsonObject(text);
    } catch (DecodeException malformed) {
      throw new IllegalArgumentException("not a JSON object", malformed);
    }
  }

  /** The file's text. */
  public String json() {
    JsonArray people = new JsonArray();
    users.forEach(
        user ->
            people.add(
                new JsonObject()
                    .put("name", user.name())
                    .put("email", user.email())
                    .put("phone", user.phone())
                    .put("token", user.token())));
    JsonArray each = new JsonArray();
    nodes.forEach(
        node -> each.add(node.faces().json().put("name", node.name()).put("cell", node.cell())));
    JsonObject ready =
        faces
            .json()
            .put("publicUrl", publicUrl)
            .put("operatorToken", operatorToken)
            .put(
                "sms",
                new JsonObject().put("account", sms.account()).put("authToken", sms.authToken()))
            .put("users", people)
            .put("nodes", each);
    caFile.ifPresent(file -> ready.put("ca", file.toString()));
    return ready.encodePrettily() + "\n";
  }
}
