package io.tributary.server.ops;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.tributary.server.eventloop.RxFutures;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/**
 * {@code /healthz/live}, {@code /healthz/ready} and {@code /metrics} on a Vert.x of its own with
 * one event loop: it answers before the cluster is joined, while it is away, and when the node's
 * own event loops are stuck.
 */
public final class OpsFace {
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String JSON = "application/json";
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

  private final Vertx vertx;
  private final Readiness readiness;
  private final PrometheusMeterRegistry metrics;

  private OpsFace(Vertx vertx, Readiness readiness, PrometheusMeterRegistry metrics) {
    this.vertx = vertx;
    this.readiness = readiness;
    this.metrics = metrics;
  }

  /** Where to listen, and how encrypted. */
  public record Listen(String host, int port, HttpServerOptions encryption) {}

  /** Listens. Signals the bind's failure. */
  public static Single<Running> start(
      Listen listen, Readiness readiness, PrometheusMeterRegistry metrics) {
    Vertx vertx = Vertx.vertx(smallOptions());
    OpsFace face = new OpsFace(vertx, readiness, metrics);
    return RxFutures.single(
            () ->
                vertx
                    .createHttpServer(limits(listen.encryption()))
                    .requestHandler(face::answer)
                    .listen(listen.port(), listen.host()))
        .map(server -> new Running(vertx, server))
        .onErrorResumeNext(
            failure -> RxFutures.completable(vertx::close).andThen(Single.error(failure)));
  }

  /** A face that listens. */
  public record Running(Vertx vertx, HttpServer server) {
    public int port() {
      return server.actualPort();
    }

    public Completable stop() {
      return RxFutures.completable(vertx::close);
    }
  }

  private static VertxOptions smallOptions() {
    return new VertxOptions()
        .setEventLoopPoolSize(1)
        .setWorkerPoolSize(1)
        .setInternalBlockingPoolSize(1);
  }

  private static HttpServerOptions limits(HttpServerOptions encryption) {
    return new HttpServerOptions(encryption)
        .setIdleTimeout(60)
        .setMaxInitialLineLength(1_024)
        .setMaxHeaderSize(8_192)
        .setHttp2ClearTextEnabled(false);
  }

  private void answer(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
      send(
          response.setStatusCode(405).putHeader("Allow", "GET, HEAD"), TEXT, "only GET and HEAD\n");
      return;
    }
    switch (request.path()) {
      case "/healthz/live" -> send(response, JSON, new JsonObject().put("live", true).encode());
      case "/healthz/ready" -> ready(response);
      case "/metrics" -> send(response, PROMETHEUS, metrics.scrape());
      default ->
          send(
              response.setStatusCode(404),
              TEXT,
              "here are /healthz/live, /healthz/ready and /metrics\n");
    }
  }

  private void ready(HttpServerResponse response) {
    Map<String, Condition> components = readiness.look();
    response.setStatusCode(HealthJson.allReady(components) ? 200 : 503);
    send(response, JSON, HealthJson.of(components).encode());
  }

  private static void send(HttpServerResponse response, String contentType, String body) {
    response
        .putHeader("Content-Type", contentType)
        .putHeader("Cache-Control", "no-store")
        .end(body);
  }
}
