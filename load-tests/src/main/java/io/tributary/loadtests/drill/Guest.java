package io.tributary.loadtests.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.loadtests.Await;
import io.tributary.loadtests.Installation;
import io.tributary.loadtests.api.Target;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * One more node in the first cell of an installation, which {@code up} does not know of, and which
 * reaches its ZooKeeper by a relay only; HBase and the other nodes it reaches as they do.
 */
final class Guest implements AutoCloseable {
  static final String NAME = "guest";
  private static final Duration READY_MAX = Duration.ofSeconds(90);
  private static final int END_MAX_SECONDS = 30;

  private final Sessions sessions = new Sessions();
  private final InetSocketAddress zookeeper;
  private final Relay relay;
  private final Process process;
  private final Target.Node node;

  private Guest(Installation installation, Target.Node model) throws IOException {
    Map<String, Map<String, Object>> settings =
        new Yaml(new SafeConstructor(new LoaderOptions()))
            .load(Files.readString(installation.file("run/" + model.name() + ".yaml")));
    String connect = String.valueOf(section(settings, "zookeeper").get("connect"));
    this.zookeeper = address(connect.replaceFirst("[,/].*", ""));
    this.relay = new Relay(zookeeper, sessions);
    Path faces = installation.file("run/" + NAME + ".faces.json");
    Files.deleteIfExists(faces);
    Path file = installation.file("run/" + NAME + ".yaml");
    Files.writeString(file, new Yaml().dump(adapted(settings, faces)));
    this.process =
        installation.spawn(
            installation.file("log/" + NAME + ".log"), "node", "run", "--config", file.toString());
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    Await.until(READY_MAX, () -> Files.exists(faces) || !process.isAlive());
    this.node = node(model.cell(), faces);
  }

  /** Starts it and waits until it listens. */
  static Guest start(Installation installation, Target.Node model) throws IOException {
    return new Guest(installation, model);
  }

  private Map<String, Map<String, Object>> adapted(
      Map<String, Map<String, Object>> settings, Path faces) {
    section(settings, "node").put("id", NAME);
    section(settings, "node").put("facesFile", faces.toString());
    for (String face : new String[] {"smtp", "http", "grpc", "ops", "cell"}) {
      section(settings, face).put("port", 0);
    }
    relayed(section(settings, "zookeeper"), "connect");
    relayed(section(settings, "cells"), "zookeeper");
    return settings;
  }

  /** The same place, but by the relay. */
  private void relayed(Map<String, Object> section, String key) {
    String connect = String.valueOf(section.getOrDefault(key, ""));
    if (!connect.isEmpty()) {
      int slash = connect.indexOf('/');
      section.put(
          key,
          "127.0.0.1:" + relay.address().getPort() + (slash < 0 ? "" : connect.substring(slash)));
    }
  }

  private static Map<String, Object> section(
      Map<String, Map<String, Object>> settings, String name) {
    return settings.computeIfAbsent(name, absent -> new LinkedHashMap<>());
  }

  private static Target.Node node(String cell, Path faces) throws IOException {
    if (!Files.exists(faces)) {
      throw new IOException("the guest did not start: see its log");
    }
    JsonNode json = new ObjectMapper().readTree(faces.toFile());
    return new Target.Node(
        NAME,
        cell,
        new Target.Faces(
            address(json.path("smtp").asText()),
            address(json.path("http").asText()),
            address(json.path("grpc").asText())),
        address(json.path("ops").asText()));
  }

  private static InetSocketAddress address(String hostPort) {
    int colon = hostPort.lastIndexOf(':');
    return new InetSocketAddress(
        hostPort.substring(0, colon), Integer.parseInt(hostPort.substring(colon + 1)));
  }

  Target.Node node() {
    return node;
  }

  Relay relay() {
    return relay;
  }

  /** Ends its ZooKeeper sessions behind its back; returns how many there were. */
  int expireSessions() throws IOException {
    return sessions.expire(zookeeper);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(END_MAX_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
    relay.close();
  }
}
