package io.tributary.server.http;

import io.tributary.server.eventloop.ContextScheduler;
import io.tributary.server.http.ProblemJson.Problem;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP face on one event loop: webhooks, chat, the JSON API. Several instances share a port.
 */
public final class HttpVerticle extends VerticleBase {
  private static final String END_SESSIONS = "http.sessions.end";
  private static final String GREETING =
      """
      Tributary, one inbox for email, SMS and chat.

      Mail comes in by SMTP; the API is gRPC (package tributary.v1, with reflection);
      health and metrics are on the operations port: /healthz/ready, /metrics.
      """;

  /** How much of the farewell, at most, new requests are still answered. */
  private static final int NOTICE_PART = 10;

  private static final long NOTICE_MILLIS_MAX = 1_000;

  private static final int WEB_SOCKET_MESSAGE_BYTES_MAX = 128 * 1024;

  private final Listen listen;
  private final InstantSource clock;
  private final Function<HttpLoop, List<HttpRoutes>> parts;
  private List<HttpRoutes> mounted = List.of();
  private boolean leaving;
  private @Nullable HttpServer server;

  /**
   * Where to listen, and how long requests get at the end.
   *
   * @param port negative numbers take a free port that all instances with that number share
   * @param options encryption, the size of headers
   */
  public record Listen(String host, int port, Duration farewell, HttpServerOptions options) {
    /** Without encryption. */
    public Listen(String host, int port, Duration farewell) {
      this(host, port, farewell, new HttpServerOptions());
    }
  }

  /**
   * @param parts what is served, made anew for each event loop
   */
  public HttpVerticle(
      Listen listen, InstantSource clock, Function<HttpLoop, List<HttpRoutes>> parts) {
    this.listen = listen;
    this.clock = clock;
    this.parts = parts;
  }

  @Override
  public Future<?> start() {
    HttpLoop loop =
        new HttpLoop(vertx, ContextScheduler.of(Objects.requireNonNull(context), clock));
    Router router = Router.router(vertx);
    router.route().handler(this::refuseWhileLeaving);
    router.get("/").handler(HttpVerticle::greet);
    router.route("/").handler(HttpVerticle::refuseMethod);
    mounted = parts.apply(loop);
    mounted.forEach(part -> part.mount(router));
    router.route().last().handler(HttpVerticle::notFound);
    vertx.eventBus().localConsumer(END_SESSIONS, told -> mounted.forEach(HttpRoutes::endSessions));
    HttpServer created =
        vertx
            .createHttpServer(limits())
            .connectionHandler(client -> mounted.forEach(part -> part.connected(client)))
            .requestHandler(router);
    server = created;
    return created.listen(listen.port(), listen.host());
  }

  /** Sends the clients who stay connected to this node away, to come back soon. */
  public static void endSessions(Vertx vertx) {
    vertx.eventBus().publish(END_SESSIONS, "");
  }

  /**
   * Tells whoever still comes to try again, on another node or here a little later; then accepts no
   * more, lets requests be answered, and closes what is left.
   */
  @Override
  public Future<?> stop() {
    leaving = true;
    mounted.forEach(HttpRoutes::shutDown);
    long notice = Math.min(listen.farewell().toMillis() / NOTICE_PART, NOTICE_MILLIS_MAX);
    return vertx
        .timer(Math.max(notice, 1), TimeUnit.MILLISECONDS)
        .transform(over -> bound().shutdown(listen.farewell().toMillis(), TimeUnit.MILLISECONDS));
  }

  private void refuseWhileLeaving(RoutingContext call) {
    if (leaving) {
      call.response().putHeader("Retry-After", "1");
      ProblemJson.send(call.response(), Problem.of(503, "this node is leaving, try again"));
    } else {
      call.next();
    }
  }

  /** The port it got. Only after it was deployed. */
  public int boundPort() {
    return bound().actualPort();
  }

  private HttpServer bound() {
    return Objects.requireNonNull(server, "not deployed");
  }

  /** WebSockets stay as long as they answer pings, which come more often than idle ends. */
  private HttpServerOptions limits() {
    return new HttpServerOptions(listen.options())
        .setIdleTimeout(60)
        .setHttp2ClearTextEnabled(false) // a way past proxies that look at requests
        .setWebSocketSubProtocols(List.of("tributary.v1"))
        .setMaxWebSocketFrameSize(WEB_SOCKET_MESSAGE_BYTES_MAX)
        .setMaxWebSocketMessageSize(WEB_SOCKET_MESSAGE_BYTES_MAX)
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(true)
        .setWebSocketClosingTimeout(5)
        .setMaxInitialLineLength(4_096);
  }

  private static void greet(RoutingContext call) {
    call.response().putHeader("Content-Type", "text/plain; charset=utf-8").end(GREETING);
  }

  private static void refuseMethod(RoutingContext call) {
    call.response().putHeader("Allow", "GET, HEAD");
    ProblemJson.send(call.response(), Problem.methodNotAllowed("only GET and HEAD"));
  }

  private static void notFound(RoutingContext call) {
    ProblemJson.send(call.response(), Problem.notFound("nothing is here; GET / says what this is"));
  }
}
