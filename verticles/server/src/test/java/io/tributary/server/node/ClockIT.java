package io.tributary.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.server.testing.RunningNode;
import io.tributary.store.testing.HBaseProcess;
import io.tributary.store.testing.SharedHBase;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedHBase.class)
class ClockIT {
  @Test
  void aClockAMinuteOffShouldKeepTheNodeFromBeingReadyAndSaySo(
      HBaseProcess hbase, @TempDir Path folder) throws Exception {
    Map<String, String> settings = Map.of("TRIBUTARY_NODE_ID", "clock-it");
    NodeEnvironment usual = RunningNode.environment();
    Node node =
        new Node(
            RunningNode.config(hbase.zookeeper(), folder, settings),
            new NodeEnvironment(
                InstantSource.offset(usual.clock(), Duration.ofMinutes(1)),
                usual.random(),
                usual.background(),
                usual.patience(),
                usual.farewell()));
    Faces faces = node.start().blockingGet();
    try {
      JsonObject clock = awaitClock(faces);

      assertThat(clock.getBoolean("ready")).isFalse();
      assertThat(clock.encode())
          .contains("ahead of ZooKeeper's")
          .contains("ahead of HBase's")
          .contains("set it right");
    } finally {
      node.stop().blockingAwait();
    }
  }

  /** Once it was compared with both. */
  private static JsonObject awaitClock(Faces faces) throws Exception {
    URI uri = URI.create("http://" + faces.ops() + "/healthz/ready");
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest request = HttpRequest.newBuilder(uri).build();
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (true) {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      JsonObject clock =
          new JsonObject(answer.body()).getJsonObject("components").getJsonObject("clock");
      if (!clock.encode().contains("not compared") || System.nanoTime() > end) {
        assertThat(answer.statusCode()).isEqualTo(503);
        return clock;
      }
      Thread.onSpinWait();
    }
  }
}
