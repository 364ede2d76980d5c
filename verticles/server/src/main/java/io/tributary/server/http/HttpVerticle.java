package io.tributary.server.http;

import io.tributary.server.http.ProblemJson.Problem;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The HTTP face: for now it says what it is and refuses the rest. */
public final class HttpVerticle extends VerticleBase {
  private static final String GREETING =
      """
      Tributary, one inbox for email, SMS and chat.

      Mail comes in by SMTP; the API is gRPC (package tributary.v1, with reflection);
      health and metrics are on the operations port: /healthz/ready, /metrics.
      """;

  private final String host;
  private final int port;
  private @Nullable HttpServer server;

  public HttpVerticle(String host, int port) {
    this.host = host;
    this.port = port;
  }

  @Override
  public Future<?> start() {
    HttpServer created = vertx.createHttpServer(limits()).requestHandler(HttpVerticle::answer);
    server = created;
    return created.listen(port, host);
  }

  /** The port it got. Only after it was deployed. */
  public int boundPort() {
    return Objects.requireNonNull(server, "not deployed").actualPort();
  }

  private static HttpServerOptions limits() {
    return new HttpServerOptions()
        .setIdleTimeout(60)
        .setMaxInitialLineLength(4_096)
        .setMaxHeaderSize(16_384);
  }

  private static void answer(HttpServerRequest request) {
    if (!"/".equals(request.path())) {
      ProblemJson.send(
          request.response(), Problem.notFound("nothing is here; GET / says what this is"));
    } else if (request.method().equals(HttpMethod.GET)
        || request.method().equals(HttpMethod.HEAD)) {
      request.response().putHeader("Content-Type", "text/plain; charset=utf-8").end(GREETING);
    } else {
      request.response().putHeader("Allow", "GET, HEAD");
      ProblemJson.send(request.response(), Problem.methodNotAllowed("only GET and HEAD"));
    }
  }
}
