package io.tributary.server.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.reactivex.rxjava3.schedulers.Schedulers;
import io.tributary.server.testing.RunningNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartFailureTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void aTakenPortShouldBeNamedWithItsKey() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());

      StartException failure =
          failureOf(node("127.0.0.1:1", Map.of("TRIBUTARY_OPS_PORT", port), Duration.ofSeconds(1)));

      assertThat(failure)
          .hasMessageContaining("ops.port")
          .hasMessageContaining("127.0.0.1:" + port)
          .hasMessageContaining("TRIBUTARY_OPS_PORT");
    }
  }

  @Test
  void aForeignHostShouldBeNamedWithItsKey() {
    StartException failure =
        failureOf(
            node("127.0.0.1:1", Map.of("TRIBUTARY_OPS_HOST", "192.0.2.1"), Duration.ofSeconds(1)));

    assertThat(failure).hasMessageContaining("ops.host").hasMessageContaining("192.0.2.1");
  }

  @Test
  void anAbsentZooKeeperShouldBeNamedOnceItWasWaitedFor() throws Exception {
    String nowhere = "127.0.0.1:" + freePort();

    StartException failure = failureOf(node(nowhere, Map.of(), Duration.ofMillis(500)));

    assertThat(failure)
        .hasMessageContaining("zookeeper.connect")
        .hasMessageContaining(nowhere)
        .hasMessageContaining("TRIBUTARY_ZOOKEEPER_CONNECT");
  }

  @Test
  void whatIsBeingWaitedForShouldBeSeenOnTheOperationsFace() throws Exception {
    String nowhere = "127.0.0.1:" + freePort();
    int ops = freePort();
    Node node =
        node(nowhere, Map.of("TRIBUTARY_OPS_PORT", Integer.toString(ops)), Duration.ofSeconds(60));
    var starting = node.start().test();

    try {
      HttpResponse<String> ready =
          get(ops, "/healthz/ready", "no connection to ZooKeeper at " + nowhere);
      assertThat(ready.statusCode()).isEqualTo(503);
      assertThat(ready.body()).contains("not started");
      assertThat(get(ops, "/healthz/live", "").statusCode()).isEqualTo(200);
    } finally {
      starting.dispose();
      node.stop().blockingAwait();
    }
  }

  private Node node(String zookeeper, Map<String, String> settings, Duration patience) {
    return new Node(
        RunningNode.config(zookeeper, folder, settings),
        new NodeEnvironment(
            InstantSource.system(),
            new SecureRandom(),
            Schedulers.io(),
            patience,
            Duration.ofSeconds(1)));
  }

  private static StartException failureOf(Node node) {
    StartException failure =
        catchThrowableOfType(StartException.class, () -> node.start().blockingGet());
    assertThat(failure).isNotNull();
    assertThat(failure.getMessage()).doesNotContain("\n");
    return failure;
  }

  /** Asks again until somebody listens and says {@code part}: the first try may still be on. */
  private static HttpResponse<String> get(int port, String path, String part) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
    HttpClient client = HttpClient.newHttpClient();
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (true) {
      try {
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.body().contains(part) || System.nanoTime() > end) {
          assertThat(answer.body()).contains(part);
          return answer;
        }
      } catch (IOException notYet) {
        if (System.nanoTime() > end) {
          throw notYet;
        }
      }
      Thread.onSpinWait();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }
}
