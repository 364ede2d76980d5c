package io.tributary.loadtests.api;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientOptions;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.client.GrpcClientResponse;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.ServiceMethod;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** The installation's gRPC face. Safe for any thread. */
public final class Api implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(20);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(300);
  private static final int CONNECT_MAX_MILLIS = 5_000;
  private static final int ANSWER_BYTES_MAX = 16 << 20;

  private final Vertx vertx;
  private final GrpcClient client;
  private final SocketAddress server;
  private final String token;

  public Api(InetSocketAddress server, String token) {
    this.server = SocketAddress.inetSocketAddress(server);
    this.token = token;
    this.vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));
    this.client =
        GrpcClient.client(
            vertx,
            new GrpcClientOptions().setMaxMessageSize(ANSWER_BYTES_MAX),
            new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false)
                .setConnectTimeout(CONNECT_MAX_MILLIS));
  }

  /**
   * One request, one answer; fails with {@link ApiException}. Received on the call's event loop:
   * what comes in before there is someone to receive it is lost.
   */
  public <Q, R> Future<R> send(ServiceMethod<R, Q> method, Q request) {
    return client
        .request(server, method)
        .compose(call -> prepared(call).send(request).compose(Api::only));
  }

  private <Q, R> GrpcClientRequest<Q, R> prepared(GrpcClientRequest<Q, R> call) {
    call.headers().set("authorization", "Bearer " + token);
    call.timeout(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
    return call;
  }

  private static <Q, R> Future<R> only(GrpcClientResponse<Q, R> response) {
    return response.last().recover(thrown -> Future.failedFuture(refusal(response, thrown)));
  }

  private static Throwable refusal(GrpcClientResponse<?, ?> response, Throwable thrown) {
    GrpcStatus status = response.status();
    return status == null || status == GrpcStatus.OK
        ? thrown
        : new ApiException(status, String.valueOf(response.statusMessage()));
  }

  /**
   * The answer; asks again for a minute while the server is away or says that it may be asked
   * again.
   *
   * @throws ApiException if there is none
   */
  public <Q, R> R call(ServiceMethod<R, Q> method, Q request) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        return await(send(method, request));
      } catch (ApiException refused) {
        if (!refused.isPassing() || System.nanoTime() > end) {
          throw refused;
        }
        LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
      }
    }
  }

  /**
   * The answer; asked for once.
   *
   * @throws ApiException if there is none
   */
  public <Q, R> R once(ServiceMethod<R, Q> method, Q request) {
    return await(send(method, request));
  }

  private static <T> T await(Future<T> answer) {
    try {
      return answer
          .toCompletionStage()
          .toCompletableFuture()
          .get(2 * DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failed) {
      throw ApiException.of(failed.getCause() == null ? failed : failed.getCause());
    } catch (TimeoutException late) {
      throw new ApiException(GrpcStatus.DEADLINE_EXCEEDED, "no answer");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new ApiException(GrpcStatus.CANCELLED, "interrupted");
    }
  }

  @Override
  public void close() {
    vertx.close();
  }
}
