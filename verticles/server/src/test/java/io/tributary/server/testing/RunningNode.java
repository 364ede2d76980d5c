package io.tributary.server.testing;

import io.reactivex.rxjava3.schedulers.Schedulers;
import io.tributary.config.ConfigLoader;
import io.tributary.config.SmsAccountConfig;
import io.tributary.config.TributaryConfig;
import io.tributary.server.node.Faces;
import io.tributary.server.node.Node;
import io.tributary.server.node.NodeEnvironment;
import io.tributary.store.testing.Await;
import io.tributary.store.testing.HBaseProcess;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A node in this JVM, on a real HBase and ZooKeeper, with free ports. */
public final class RunningNode implements AutoCloseable {
  /** An operator's. */
  public static final String OPERATOR = "trb_" + "A".repeat(42) + "E";

  private final Node node;
  private final Faces faces;
  private final Vertx clientVertx = Vertx.vertx();
  private final HttpClient http = HttpClient.newHttpClient();

  private RunningNode(Node node, Faces faces) {
    this.node = node;
    this.faces = faces;
  }

  /**
   * Starts one and waits until it says that it is ready.
   *
   * @param folder for its files
   * @param settings by environment variable, over those that lead to HBase
   */
  public static RunningNode start(HBaseProcess hbase, Path folder, Map<String, String> settings) {
    return start(config(Optional.empty(), hbase.zookeeper(), folder, settings));
  }

  /** The same with a file under the settings. */
  public static RunningNode start(
      HBaseProcess hbase, Path file, Path folder, Map<String, String> settings) {
    return start(config(Optional.of(file), hbase.zookeeper(), folder, settings));
  }

  private static RunningNode start(TributaryConfig config) {
    Node node = new Node(config, environment());
    RunningNode running = new RunningNode(node, node.start().blockingGet());
    running.awaitReady(Duration.ofSeconds(30));
    return running;
  }

  /** The settings of such a node. */
  public static TributaryConfig config(
      String zookeeper, Path folder, Map<String, String> settings) {
    return config(Optional.empty(), zookeeper, folder, settings);
  }

  private static TributaryConfig config(
      Optional<Path> file, String zookeeper, Path folder, Map<String, String> settings) {
    Map<String, String> all = new HashMap<>();
    for (String face : new String[] {"SMTP", "HTTP", "GRPC", "OPS"}) {
      all.put("TRIBUTARY_" + face + "_PORT", "0");
    }
    all.put("TRIBUTARY_NODE_FACESFILE", folder.resolve("faces.json").toString());
    all.put("TRIBUTARY_ZOOKEEPER_CONNECT", zookeeper);
    all.put("TRIBUTARY_ZOOKEEPER_SESSIONTIMEOUTMILLIS", "4000");
    all.put("TRIBUTARY_HBASE_ZOOKEEPER", zookeeper);
    all.put("TRIBUTARY_HBASE_ZNODEPARENT", HBaseProcess.ZNODE_PARENT);
    all.put("TRIBUTARY_HBASE_NAMESPACE", HBaseProcess.CELL);
    all.put("TRIBUTARY_DIRECTORY_NAMESPACE", HBaseProcess.DIRECTORY);
    all.put(
        "TRIBUTARY_DIRECTORY_OPERATORTOKENFILE",
        file(folder.resolve("operator.token"), OPERATOR).toString());
    all.putAll(settings);
    Path smsToken = file(folder.resolve("sms.token"), SmsSender.SECRET);
    return ConfigLoader.load(file, all)
        .and(new SmsAccountConfig("twilio", "ACdemo", "", List.of(smsToken), "enforce"));
  }

  private static Path file(Path file, String text) {
    try {
      return Files.writeString(file, text + "\n");
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** With short farewells. */
  public static NodeEnvironment environment() {
    return new NodeEnvironment(
        InstantSource.system(),
        new SecureRandom(),
        Schedulers.io(),
        Duration.ofSeconds(60),
        Duration.ofSeconds(3));
  }

  public Faces faces() {
    return faces;
  }

  public GrpcCaller grpc() {
    return new GrpcCaller(clientVertx, faces.grpc().port());
  }

  public RawSmtp smtp() throws IOException {
    return RawSmtp.greeted(faces.smtp().port());
  }

  /** What only nodes ask. */
  public GrpcCaller cell(String address) {
    return new GrpcCaller(
        clientVertx, Integer.parseInt(address.substring(address.lastIndexOf(':') + 1)));
  }

  /** As an operator. */
  public HttpResponse<String> json(String path) {
    URI uri = URI.create("http://" + faces.http() + path);
    return send(HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + OPERATOR).build());
  }

  /** A provider, with the account ACdemo. */
  public SmsSender sms() {
    return new SmsSender("http://" + faces.http());
  }

  public void awaitReady(Duration atMost) {
    Await.until(atMost, "node ready", () -> ops("/healthz/ready").statusCode() == 200);
  }

  /** Until an operator wants it to leave. */
  public void awaitDrained(Duration atMost) {
    if (!node.drained().blockingAwait(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("the node was not told to leave");
    }
  }

  /** How the components are, by name. */
  public JsonObject components() {
    return new JsonObject(ops("/healthz/ready").body()).getJsonObject("components");
  }

  public HttpResponse<String> ops(String path) {
    URI uri = URI.create("http://" + faces.ops() + path);
    return send(HttpRequest.newBuilder(uri).build());
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /** The sum of a metric's samples, whatever their labels. */
  public double metric(String name) {
    return ops("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  @Override
  public void close() {
    node.stop().blockingAwait();
    clientVertx.close().await();
  }
}
