package io.tributary.server.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpsFaceTest {
  private final Readiness readiness = new Readiness();
  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final HttpClient client = HttpClient.newHttpClient();
  private final OpsFace.Running testee =
      OpsFace.start(new OpsFace.Listen("127.0.0.1", 0, new HttpServerOptions()), readiness, metrics)
          .blockingGet();

  @AfterEach
  void stop() {
    testee.stop().blockingAwait();
  }

  @Test
  void readyShouldNameWhatIsNotReadyAndWhy() throws Exception {
    readiness.set("zookeeper", Condition.ready());
    readiness.set("hbase", Condition.notReady("waiting for HBase at 127.0.0.1:2181/hbase"));

    HttpResponse<String> answer = get("/healthz/ready");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(new JsonObject(answer.body()))
        .isEqualTo(
            new JsonObject(
                """
                {"ready":false,"components":{"zookeeper":{"ready":true},
                "hbase":{"ready":false,"why":"waiting for HBase at 127.0.0.1:2181/hbase"}}}"""));
  }

  @Test
  void readyShouldFollowItsComponents() throws Exception {
    readiness.set("smtp", Condition.notReady("not started"));
    assertThat(get("/healthz/ready").statusCode()).isEqualTo(503);
    assertThat(get("/healthz/live").statusCode()).isEqualTo(200);

    readiness.set("smtp", Condition.ready());

    assertThat(get("/healthz/ready").statusCode()).isEqualTo(200);
  }

  @Test
  void metricsShouldBeInPrometheusForm() throws Exception {
    metrics.counter("tributary.smtp.accepted").increment(3);

    HttpResponse<String> answer = get("/metrics");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type").orElse(""))
        .startsWith("text/plain; version=0.0.4");
    assertThat(answer.body()).contains("tributary_smtp_accepted_total 3.0");
  }

  @Test
  void otherPathsAndMethodsShouldBeRefused() throws Exception {
    assertThat(get("/").statusCode()).isEqualTo(404);
    HttpRequest post =
        HttpRequest.newBuilder(uri("/healthz/ready"))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    assertThat(client.send(post, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(405);
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + testee.port() + path);
  }
}
