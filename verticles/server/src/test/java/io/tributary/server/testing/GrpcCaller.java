package io.tributary.server.testing;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientOptions;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.client.GrpcClientResponse;
import io.vertx.grpc.client.InvalidStatusException;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.ServiceMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Calls gRPC methods and waits for what becomes of them. */
public final class GrpcCaller {
  private static final long MESSAGE_BYTES_MAX = 4L * 1024 * 1024;

  private final GrpcClient client;
  private final SocketAddress server;

  public GrpcCaller(Vertx vertx, int port) {
    client = GrpcClient.client(vertx, new GrpcClientOptions().setMaxMessageSize(MESSAGE_BYTES_MAX));
    server = SocketAddress.inetSocketAddress(port, "127.0.0.1");
  }

  /** What came back. */
  public record Answer<A>(GrpcStatus status, String statusMessage, List<A> messages) {
    public A only() {
      if (status != GrpcStatus.OK || messages.size() != 1) {
        throw new AssertionError(status + " " + statusMessage + ", messages " + messages.size());
      }
      return messages.get(0);
    }
  }

  public <Q, A> Answer<A> call(ServiceMethod<A, Q> method, Q question, String token) {
    return call(method, question, Optional.of("Bearer " + token));
  }

  public <Q, A> Answer<A> call(
      ServiceMethod<A, Q> method, Q question, Optional<String> authorization) {
    return await(
        client.request(server, method).compose(request -> send(request, question, authorization)));
  }

  /**
   * For tests that do unusual things with a call, on its event loop: what comes before there is a
   * handler is lost.
   */
  public <Q, A, T> T with(
      ServiceMethod<A, Q> method, Function<GrpcClientRequest<Q, A>, Future<T>> steps) {
    return await(client.request(server, method).compose(steps));
  }

  /** For tests that receive nothing. */
  public <Q, A> GrpcClientRequest<Q, A> open(ServiceMethod<A, Q> method) {
    return await(client.request(server, method));
  }

  /** A call of no method yet, with messages as bytes. */
  public GrpcClientRequest<Buffer, Buffer> open() {
    return await(client.request(server));
  }

  /** Why it failed; null if it did not. */
  public static @Nullable Throwable failureOf(Future<?> future) {
    return await(
            future.transform(result -> Future.succeededFuture(Optional.ofNullable(result.cause()))))
        .orElse(null);
  }

  public static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }

  private static <Q, A> Future<Answer<A>> send(
      GrpcClientRequest<Q, A> request, Q question, Optional<String> authorization) {
    authorization.ifPresent(header -> request.headers().set("authorization", header));
    return request.send(question).compose(GrpcCaller::receive);
  }

  public static <Q, A> Future<Answer<A>> receive(GrpcClientResponse<Q, A> response) {
    List<A> messages = new ArrayList<>();
    response.handler(messages::add);
    return response
        .end() // not its handler: it may have ended before we came here
        .recover(
            failure ->
                failure instanceof InvalidStatusException
                    ? Future.succeededFuture()
                    : Future.failedFuture(failure))
        .map(
            ended ->
                new Answer<>(
                    response.status(),
                    Optional.ofNullable(response.statusMessage()).orElse(""),
                    messages));
  }
}
