package io.tributary.server.json;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tributary.server.api.ApiServices;
import io.tributary.server.http.HttpVerticle;
import io.tributary.server.json.ApiRoutes.Limits;
import io.tributary.server.testing.ApiFixture;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;

/** A JSON face over {@link ApiFixture}, and a client of it. */
final class JsonFixture {
  static final Limits LIMITS = new Limits(262_144, 100, 100);

  final Vertx vertx = Vertx.vertx();
  final ApiFixture api = new ApiFixture(vertx);
  final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  final ApiServices services = api.services();
  final HttpClient client = HttpClient.newHttpClient();
  final int port;

  JsonFixture(Limits limits, List<String> origins) {
    ApiRoutes.Shared shared =
        new ApiRoutes.Shared(limits, origins, metrics, new SplittableRandom(1));
    HttpVerticle testee =
        new HttpVerticle(
            new HttpVerticle.Listen("127.0.0.1", 0, Duration.ZERO, new HttpServerOptions()),
            InstantSource.system(),
            loop -> List.of(new ApiRoutes(services, shared)));
    vertx.deployVerticle(testee).await();
    port = testee.boundPort();
  }

  void close() {
    vertx.close().await();
  }

  /** What came back. */
  record Answer(HttpResponse<byte[]> response) {
    int status() {
      return response.statusCode();
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    byte[] bytes() {
      return response.body();
    }

    JsonObject json() {
      return new JsonObject(new String(response.body(), java.nio.charset.StandardCharsets.UTF_8));
    }

    String detail() {
      return json().getString("detail");
    }
  }

  /** A request by alice; headers in pairs win over hers. */
  Answer send(String method, String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(30))
            .header("Authorization", "Bearer " + api.alices)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    return send(request.build());
  }

  Answer send(HttpRequest request) {
    try {
      return new Answer(client.send(request, BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  Answer get(String path, String... headers) {
    return send("GET", path, "", headers);
  }

  Answer operator(String method, String path, String body) {
    return send(method, path, body, "Authorization", "Bearer " + api.operators);
  }
}
