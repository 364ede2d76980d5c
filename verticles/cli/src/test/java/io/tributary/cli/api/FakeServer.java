package io.tributary.cli.api;

import io.tributary.cli.shell.HostPort;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerRequest;
import io.vertx.grpc.server.GrpcServerResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A gRPC server whose answers a test writes down. It remembers the tokens it was shown. */
public final class FakeServer implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final GrpcServer services = GrpcServer.server(vertx);
  private final HttpServer server;
  private final List<String> tokens = new CopyOnWriteArrayList<>();

  public FakeServer() throws Exception {
    this(new HttpServerOptions());
  }

  public FakeServer(HttpServerOptions options) throws Exception {
    server =
        vertx.createHttpServer(options.setHost("127.0.0.1").setPort(0)).requestHandler(services);
    server.listen().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  /** A refusal instead of an answer. */
  public static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final GrpcStatus status;

    public Refused(GrpcStatus status, String message) {
      super(message);
      this.status = status;
    }
  }

  /** Answers the method with as many messages as the function gives. */
  public <Q, R> FakeServer answer(ServiceMethod<Q, R> method, Function<Q, List<R>> answers) {
    services.callHandler(
        method,
        request -> {
          tokens.add(String.valueOf(request.headers().get("authorization")));
          request.handler(asked -> respond(request, asked, answers));
        });
    return this;
  }

  /** Takes requests for the method and never answers. */
  public void silent(ServiceMethod<?, ?> method) {
    services.callHandler(method, request -> request.pause());
  }

  private static <Q, R> void respond(
      GrpcServerRequest<Q, R> request, Q asked, Function<Q, List<R>> answers) {
    GrpcServerResponse<Q, R> response = request.response();
    try {
      answers.apply(asked).forEach(response::write);
      response.end();
    } catch (Refused refused) {
      response.status(refused.status).statusMessage(String.valueOf(refused.getMessage())).end();
    }
  }

  public HostPort address() {
    return new HostPort("127.0.0.1", server.actualPort());
  }

  public List<String> tokens() {
    return tokens;
  }

  @Override
  public void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}
