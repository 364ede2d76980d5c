package io.tributary.server.json;

import io.micrometer.core.instrument.MeterRegistry;
import io.tributary.server.api.ApiServices;
import io.tributary.server.http.BodyReading;
import io.tributary.server.http.BodyRoom;
import io.tributary.server.http.HttpRoutes;
import io.tributary.server.http.ProblemJson;
import io.tributary.server.http.ProblemJson.Problem;
import io.tributary.server.json.Exchange.Common;
import io.tributary.server.json.Exchange.Gates;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.CorsHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/** The JSON API on one event loop: endpoints, what surrounds them, and their description. */
public final class ApiRoutes implements HttpRoutes {
  private static final String V1 = "/v1/*";
  static final String DESCRIPTION = "/openapi.json";

  /** From the first byte to the last. */
  private static final Duration BODY_MAX = Duration.ofSeconds(10);

  /** Of bodies being received and worked on, and of answers being read, over all connections. */
  private static final long ROOM_BYTES = 64L << 20;

  private static final Set<String> REQUEST_HEADERS =
      Set.of(
          "Authorization", "Content-Type", "If-None-Match", "If-Range", "Last-Event-ID", "Range");
  private static final Set<String> RESPONSE_HEADERS =
      Set.of("Accept-Ranges", "Content-Disposition", "Content-Range", "ETag", "Retry-After");

  private final ApiServices api;
  private final Shared shared;

  /** What the event loops share. */
  public static final class Shared {
    private final Limits limits;
    private final List<String> origins;
    private final Gates gates;
    private final RequestLog log;
    private final JsonBody.Bounds bodies;
    private final Outgoing outgoing = new Outgoing(new BodyRoom(ROOM_BYTES));
    private final Buffer description = description();

    /**
     * @param origins that browsers may call from; none: no other than this server's own
     * @param random safe for any thread
     */
    public Shared(
        Limits limits, List<String> origins, MeterRegistry metrics, RandomGenerator random) {
      this.limits = limits;
      this.origins = List.copyOf(origins);
      this.gates =
          new Gates(new RequestGate(limits.requestsMax()), new RequestGate(limits.streamsMax()));
      this.log = new RequestLog(metrics, random);
      this.bodies =
          new JsonBody.Bounds(
              new BodyReading.Limits(limits.bodyBytesMax(), BODY_MAX), new BodyRoom(ROOM_BYTES));
      metrics.gauge("tributary.http.bodies.bytes", bodies.room(), BodyRoom::taken);
      metrics.gauge("tributary.http.answers.bytes", outgoing, Outgoing::bytes);
      metrics.gauge("tributary.http.in.flight", gates.requests(), RequestGate::underWay);
      metrics.gauge("tributary.http.streams", gates.streams(), RequestGate::underWay);
    }
  }

  /**
   * How much there may be.
   *
   * @param bodyBytesMax of one request
   * @param requestsMax under way in this process
   * @param streamsMax that go on beside them
   */
  public record Limits(int bodyBytesMax, int requestsMax, int streamsMax) {}

  public ApiRoutes(ApiServices api, Shared shared) {
    this.api = api;
    this.shared = shared;
  }

  @Override
  public void mount(Router router) {
    router.route(V1).failureHandler(ApiRoutes::failed);
    if (!shared.origins.isEmpty()) {
      router.route(V1).handler(cors());
    }
    Common common =
        new Common(
            api.authenticator(),
            new Questions(shared.limits.bodyBytesMax()),
            shared.bodies,
            shared.outgoing,
            shared.gates,
            shared.log);
    List<Endpoint<?>> endpoints = Endpoints.of(api);
    endpoints.forEach(endpoint -> mount(router, endpoint, common));
    allowed(endpoints).forEach((path, methods) -> refuseOthers(router, path, methods));
    router.get(DESCRIPTION).handler(this::describe);
    router.route(HttpMethod.HEAD, DESCRIPTION).handler(this::describe);
  }

  private CorsHandler cors() {
    CorsHandler cors =
        CorsHandler.create()
            .allowedMethods(
                Set.of(
                    HttpMethod.GET,
                    HttpMethod.HEAD,
                    HttpMethod.POST,
                    HttpMethod.PUT,
                    HttpMethod.PATCH,
                    HttpMethod.DELETE))
            .allowedHeaders(REQUEST_HEADERS)
            .exposedHeaders(RESPONSE_HEADERS)
            .maxAgeSeconds(600);
    return cors.addOrigins(shared.origins);
  }

  private void mount(Router router, Endpoint<?> endpoint, Common common) {
    var route = router.route(endpoint.method(), endpoint.routePath());
    if (endpoint.method().equals(HttpMethod.GET)) {
      route.method(HttpMethod.HEAD);
    }
    route.handler(call -> new Exchange(call, endpoint, common).run(endpoint));
  }

  private static Map<String, Set<String>> allowed(List<Endpoint<?>> endpoints) {
    Map<String, Set<String>> allowed = new TreeMap<>();
    for (Endpoint<?> endpoint : endpoints) {
      Set<String> methods = allowed.computeIfAbsent(endpoint.routePath(), path -> new TreeSet<>());
      methods.add(endpoint.method().name());
      if (endpoint.method().equals(HttpMethod.GET)) {
        methods.add("HEAD");
      }
    }
    return allowed;
  }

  private static void refuseOthers(Router router, String path, Set<String> methods) {
    String allow = String.join(", ", methods);
    router
        .route(path)
        .handler(
            call -> {
              call.response().putHeader("Allow", allow);
              ProblemJson.send(call.response(), Problem.methodNotAllowed("only " + allow));
            });
  }

  /** What vertx-web refuses by itself: other origins, paths that can't be decoded. */
  private static void failed(RoutingContext call) {
    int status = call.statusCode() < 400 ? 500 : call.statusCode();
    String detail =
        switch (status) {
          case 403 -> "Origin: calls from there are not allowed";
          case 400 -> "the request can't be read";
          default -> "refused";
        };
    if (!call.response().headWritten()) {
      ProblemJson.send(call.response(), Problem.of(status, detail));
    }
  }

  private void describe(RoutingContext call) {
    call.response().putHeader("Content-Type", "application/json");
    if (call.request().method().equals(HttpMethod.HEAD)) {
      call.response()
          .putHeader("Content-Length", Integer.toString(shared.description.length()))
          .end();
    } else {
      call.response().end(shared.description);
    }
  }

  private static Buffer description() {
    try (InputStream file = ApiRoutes.class.getResourceAsStream("openapi.json")) {
      if (file == null) {
        throw new IllegalStateException("openapi.json is missing beside " + ApiRoutes.class);
      }
      return Buffer.buffer(file.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Streams end; the rest is answered. */
  @Override
  public void shutDown() {
    api.watching().shutDown();
  }
}
