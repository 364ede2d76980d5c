package io.tributary.server.grpc;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.grpc.health.HealthService;
import io.vertx.grpc.reflection.ReflectionService;
import io.vertx.grpc.server.GrpcProtocol;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerOptions;
import io.vertx.grpc.server.Service;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The gRPC face on its event loop. Several instances share one port. */
public final class GrpcVerticle extends VerticleBase {
  /** A text of 64 KiB to a thousand people. */
  static final long REQUEST_BYTES_MAX = 256 * 1024;

  private static final int STREAMS_PER_CONNECTION_MAX = 256;
  private static final int IDLE_SECONDS = 300;

  private final Listen listen;
  private final Offer offer;
  private final BooleanSupplier serving;
  private final Runnable leaving;
  private @Nullable HttpServer server;

  /**
   * Where to listen, and how long calls get at the end.
   *
   * @param port negative numbers take a free port that all instances with that number share
   * @param farewell for calls under way, once the server stops
   * @param encryption or none
   */
  public record Listen(String host, int port, Duration farewell, HttpServerOptions encryption) {}

  /** What is served, and how large one message may be. */
  public record Offer(List<Service> services, long messageBytesMax) {
    public Offer {
      services = List.copyOf(services);
    }
  }

  /** The face of the API. */
  public GrpcVerticle(
      Listen listen, List<Service> services, BooleanSupplier serving, Runnable leaving) {
    this(listen, new Offer(services, REQUEST_BYTES_MAX), serving, leaving);
  }

  /**
   * @param serving what grpc.health.v1 answers
   * @param leaving ends streams, which would go on for ever
   */
  public GrpcVerticle(Listen listen, Offer offer, BooleanSupplier serving, Runnable leaving) {
    this.listen = listen;
    this.offer = offer;
    this.serving = serving;
    this.leaving = leaving;
  }

  @Override
  public Future<?> start() {
    HttpServer created = vertx.createHttpServer(httpLimits()).requestHandler(grpc());
    server = created;
    return created.listen(listen.port(), listen.host());
  }

  private GrpcServer grpc() {
    GrpcServer grpc = GrpcServer.server(vertx, grpcLimits());
    HealthService health = HealthService.create(vertx);
    health.register("", this::healthy);
    for (Service service : offer.services()) {
      grpc.addService(service);
      health.register(service.name(), this::healthy);
    }
    return grpc.addService(health).addService(ReflectionService.v1());
  }

  private Future<Boolean> healthy() {
    return Future.succeededFuture(serving.getAsBoolean());
  }

  private HttpServerOptions httpLimits() {
    return new HttpServerOptions(listen.encryption())
        .setIdleTimeout(IDLE_SECONDS)
        .setInitialSettings(
            new Http2Settings()
                .setMaxConcurrentStreams(STREAMS_PER_CONNECTION_MAX)
                .setMaxHeaderListSize(16_384));
  }

  private GrpcServerOptions grpcLimits() {
    return new GrpcServerOptions()
        .setMaxMessageSize(offer.messageBytesMax())
        .setScheduleDeadlineAutomatically(false) // each call keeps its own
        .removeEnabledProtocol(GrpcProtocol.WEB)
        .removeEnabledProtocol(GrpcProtocol.WEB_TEXT)
        .removeEnabledProtocol(GrpcProtocol.TRANSCODING);
  }

  /** Takes no more calls, lets those under way end, then closes what is left. */
  @Override
  public Future<?> stop() {
    leaving.run();
    return bound().shutdown(listen.farewell().toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The port it got. Only after it was deployed. */
  public int boundPort() {
    return bound().actualPort();
  }

  private HttpServer bound() {
    return Objects.requireNonNull(server, "not deployed");
  }
}
