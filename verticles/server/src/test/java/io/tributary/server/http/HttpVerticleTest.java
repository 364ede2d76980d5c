package io.tributary.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpVerticleTest {
  private final Vertx vertx = Vertx.vertx();
  private final HttpVerticle testee =
      new HttpVerticle(
          new HttpVerticle.Listen("127.0.0.1", 0, Duration.ofSeconds(1), new HttpServerOptions()),
          InstantSource.system(),
          loop -> List.of());
  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeEach
  void deploy() {
    vertx.deployVerticle(testee).await();
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void theRootShouldSayWhatThisIs() throws Exception {
    HttpResponse<String> answer = send(request("/").build());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).startsWith("Tributary").contains("gRPC", "SMTP");
  }

  @Test
  void anythingElseShouldBeAProblem() throws Exception {
    HttpResponse<String> answer = send(request("/v1/users/alice").build());

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
    assertThat(new JsonObject(answer.body()).getInteger("status")).isEqualTo(404);
  }

  @Test
  void otherMethodsShouldBeRefused() throws Exception {
    HttpRequest delete = request("/").DELETE().build();

    HttpResponse<String> answer = send(delete);

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("allow")).contains("GET, HEAD");
  }

  @Test
  void anOverlongRequestShouldBeRefused() throws Exception {
    assertThat(send(request("/" + "a".repeat(5_000)).build()).statusCode()).isEqualTo(414);
  }

  @Test
  void whoComesWhileItLeavesShouldBeToldToTryAgain() throws Exception {
    Promise<Void> begun = Promise.promise();
    HttpVerticle leaving =
        new HttpVerticle(
            new HttpVerticle.Listen("127.0.0.1", 0, Duration.ofSeconds(20)),
            InstantSource.system(),
            loop -> List.of(new Farewell(begun)));
    String id = vertx.deployVerticle(leaving).await();
    HttpRequest webhook =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + leaving.boundPort() + "/sms/twilio/ACdemo"))
            .version(HttpClient.Version.HTTP_1_1)
            .POST(HttpRequest.BodyPublishers.ofString("Body=hi"))
            .build();
    assertThat(send(webhook).statusCode()).isEqualTo(404);

    Future<Void> left = vertx.undeploy(id);
    begun.future().await();
    HttpResponse<String> answer = send(webhook);

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("retry-after")).contains("1");
    left.await();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + testee.boundPort() + path))
        .version(HttpClient.Version.HTTP_1_1);
  }

  private HttpResponse<String> send(HttpRequest request) throws Exception {
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** Nothing is served; it says when the server has begun to leave. */
  private record Farewell(Promise<Void> begun) implements HttpRoutes {
    @Override
    public void mount(Router router) {}

    @Override
    public void shutDown() {
      begun.complete();
    }
  }
}
