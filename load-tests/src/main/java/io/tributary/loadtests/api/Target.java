package io.tributary.loadtests.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One running installation, as its ready file describes it.
 *
 * @param publicUrl what providers of SMS call it, without a slash at the end; part of what they
 *     sign
 * @param operatorToken may read every mailbox
 * @param users the demo users
 * @param nodes all of them; {@code faces} are those of the first
 */
public record Target(
    Faces faces,
    URI publicUrl,
    String operatorToken,
    SmsAccount sms,
    List<LoadUser> users,
    List<Node> nodes) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public Target {
    users = List.copyOf(users);
    nodes = List.copyOf(nodes);
  }

  /** With one node only. */
  public Target(
      Faces faces, URI publicUrl, String operatorToken, SmsAccount sms, List<LoadUser> users) {
    this(faces, publicUrl, operatorToken, sms, users, List.of());
  }

  /** Where webhooks may go: to every node. */
  public List<InetSocketAddress> https() {
    return nodes.isEmpty()
        ? List.of(faces.http())
        : nodes.stream().map(node -> node.faces().http()).toList();
  }

  /**
   * What a provider that calls this node calls it: the public URL, unless that is only where the
   * first node listens.
   */
  public URI publicUrl(InetSocketAddress http) {
    return authority(faces.http()).equals(publicUrl.getAuthority())
        ? URI.create(publicUrl.getScheme() + "://" + authority(http))
        : publicUrl;
  }

  private static String authority(InetSocketAddress face) {
    return face.getHostString() + ":" + face.getPort();
  }

  /** Where it listens. */
  public record Faces(InetSocketAddress smtp, InetSocketAddress http, InetSocketAddress grpc) {}

  /**
   * One of its nodes.
   *
   * @param name of its process
   * @param ops where it answers how it is
   */
  public record Node(String name, String cell, Faces faces, InetSocketAddress ops) {}

  /** The provider's account at which its numbers are kept; empty strings if there is none. */
  public record SmsAccount(String account, String authToken) {}

  /**
   * Reads {@code ready.json}.
   *
   * @throws UnusableTargetException if it is not there, or not what the server writes
   */
  public static Target read(Path readyFile) {
    if (!Files.exists(readyFile)) {
      throw new UnusableTargetException(
          readyFile
              + " does not exist: start the installation with `./tributary up`, which writes"
              + " <data>/run/ready.json when it is ready");
    }
    JsonNode json = parse(readyFile);
    Fields fields = new Fields(readyFile, json);
    return new Target(
        fields.faces(),
        URI.create(fields.text("publicUrl").replaceAll("/+$", "")),
        fields.text("operatorToken"),
        new SmsAccount(
            json.path("sms").path("account").asText(), json.path("sms").path("authToken").asText()),
        fields.users(),
        fields.nodes());
  }

  private static JsonNode parse(Path readyFile) {
    try {
      return JSON.readTree(Files.readString(readyFile));
    } catch (IOException unreadable) {
      throw new UnusableTargetException(
          readyFile + " can't be read: " + unreadable.getClass().getSimpleName());
    }
  }

  /** The file's fields; a missing one is named. */
  private record Fields(Path file, JsonNode json) {
    String text(String name) {
      return text(json, name);
    }

    private String text(JsonNode node, String name) {
      JsonNode value = node.path(name);
      if (!value.isTextual() || value.asText().isBlank()) {
        throw new UnusableTargetException(file + " has no \"" + name + "\": is it a ready file?");
      }
      return value.asText();
    }

    InetSocketAddress face(String name) {
      String value = text(name);
      int colon = value.lastIndexOf(':');
      try {
        int port = Integer.parseInt(value.substring(colon + 1));
        return new InetSocketAddress(value.substring(0, colon), port);
      } catch (IllegalArgumentException | IndexOutOfBoundsException malformed) {
        throw new UnusableTargetException(
            file + " says \"" + name + "\": \"" + value + "\", which is not host:port");
      }
    }

    Faces faces() {
      return new Faces(face("smtp"), face("http"), face("grpc"));
    }

    List<Node> nodes() {
      List<Node> nodes = new ArrayList<>();
      for (JsonNode node : json.path("nodes")) {
        Fields fields = new Fields(file, node);
        nodes.add(
            new Node(fields.text("name"), fields.text("cell"), fields.faces(), fields.face("ops")));
      }
      return nodes;
    }

    List<LoadUser> users() {
      List<LoadUser> users = new ArrayList<>();
      for (JsonNode user : json.path("users")) {
        users.add(
            new LoadUser(
                text(user, "name"), text(user, "email"), text(user, "phone"), text(user, "token")));
      }
      if (users.isEmpty()) {
        throw new UnusableTargetException(file + " has no \"users\": is it a ready file?");
      }
      return users;
    }
  }
}
