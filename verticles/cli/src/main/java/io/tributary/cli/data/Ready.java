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
 */
public record Ready(
    Faces faces,
    String publicUrl,
    String operatorToken,
    Sms sms,
    List<User> users,
    Optional<Path> caFile) {

  /** Of one that does not encrypt. */
  public Ready(Faces faces, String publicUrl, String operatorToken, Sms sms, List<User> users) {
    this(faces, publicUrl, operatorToken, sms, users, Optional.empty());
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

    private static HostPort face(JsonObject json, String name) {
      return HostPort.parse(json.getString(name, "nothing"));
    }
  }

  /** The account that text messages come in by. */
  public record Sms(String account, String authToken) {}

  /** A demo user with a token for the mailbox. */
  public record User(String name, String email, String phone, String token) {}

  public Ready {
    users = List.copyOf(users);
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
        Optional.of(json.getString("ca", "")).filter(file -> !file.isEmpty()).map(Path::of));
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
    JsonObject ready =
        new JsonObject()
            .put("smtp", faces.smtp().toString())
            .put("http", faces.http().toString())
            .put("grpc", faces.grpc().toString())
            .put("ops", faces.ops().toString())
            .put("publicUrl", publicUrl)
            .put("operatorToken", operatorToken)
            .put(
                "sms",
                new JsonObject().put("account", sms.account()).put("authToken", sms.authToken()))
            .put("users", people);
    caFile.ifPresent(file -> ready.put("ca", file.toString()));
    return ready.encodePrettily() + "\n";
  }
}
