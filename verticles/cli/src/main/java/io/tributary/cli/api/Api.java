package io.tributary.cli.api;

import io.tributary.cli.shell.HostPort;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientOptions;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.client.GrpcClientResponse;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.ServiceMethod;
import java.net.ConnectException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;

/** A client of the API that waits for its answers, each within one deadline. For one thread. */
public final class Api implements AutoCloseable {
  private static final int CONNECT_MAX_MILLIS = 5_000;
  private static final long ANSWER_BYTES_MAX = 16L << 20;
  private static final Duration GRACE = Duration.ofMillis(250);

  private final Vertx vertx;
  private final GrpcClient client;
  private final HostPort server;
  private final Optional<String> token;
  private final Duration deadline;

  /**
   * Connects at the first call.
   *
   * @param token empty: calls carry none
   * @param deadline of each call
   */
  public Api(HostPort server, Optional<String> token, Duration deadline) {
    this(server, token, deadline, Optional.empty());
  }

  /**
   * Connects at the first call, encrypted if there is something to trust.
   *
   * @param ca PEM: whom to trust. On the loopback interface the name in the server's certificate
   *     does not matter: nobody else listens there
   */
  public Api(HostPort server, Optional<String> token, Duration deadline, Optional<Path> ca) {
    this.server = server;
    this.token = token;
    this.deadline = deadline;
    vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setFileCachingEnabled(false)
                        .setClassPathResolvingEnabled(false)));
    client =
        GrpcClient.client(
            vertx,
            new GrpcClientOptions().setMaxMessageSize(ANSWER_BYTES_MAX),
            ca.map(file -> encrypted(file, server))
                .orElseGet(HttpClientOptions::new)
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false)
                .setConnectTimeout(CONNECT_MAX_MILLIS));
  }

  private static HttpClientOptions encrypted(Path ca, HostPort server) {
    return new HttpClientOptions()
        .setSsl(true)
        .setUseAlpn(true)
        .setVerifyHost(!server.isLoopback())
        .setTrustOptions(new PemTrustOptions().addCertPath(ca.toAbsolutePath().toString()));
  }

  /**
   * One request, one answer.
   *
   * @throws ApiException if the answer is not OK or doesn't come in time
   */
  public <Q, R> R call(ServiceMethod<R, Q> method, Q request) {
    return await(ask(method, request, Api::only));
  }

  /** One request, a stream of answers, each handed on; the last one ends the call. */
  public <Q, R> void stream(ServiceMethod<R, Q> method, Q request, Consumer<R> each) {
    await(ask(method, request, response -> all(response, each)));
  }

  /**
   * Everything but the first step is on the call's event loop, where nothing can come in before
   * there is someone to receive it: what does is lost without a word.
   */
  private <Q, R, T> Future<T> ask(
      ServiceMethod<R, Q> method,
      Q request,
      Function<GrpcClientResponse<Q, R>, Future<T>> receiving) {
    return client
        .request(SocketAddress.inetSocketAddress(server.port(), server.host()), method)
        .compose(call -> authorized(call).send(request).compose(receiving));
  }

  private <Q, R> GrpcClientRequest<Q, R> authorized(GrpcClientRequest<Q, R> call) {
    token.ifPresent(secret -> call.headers().set("authorization", "Bearer " + secret));
    call.timeout(deadline.toMillis(), TimeUnit.MILLISECONDS);
    return call;
  }

  private static <Q, R> Future<R> only(GrpcClientResponse<Q, R> response) {
    return response.last().recover(thrown -> Future.failedFuture(refusal(response, thrown)));
  }

  private static <Q, R> Future<Void> all(GrpcClientResponse<Q, R> response, Consumer<R> each) {
    return response
        .handler(each::accept)
        .end()
        .recover(thrown -> Future.failedFuture(refusal(response, thrown)))
        .compose(ended -> checked(response));
  }

  private static Future<Void> checked(GrpcClientResponse<?, ?> response) {
    return response.status() == GrpcStatus.OK
        ? Future.succeededFuture()
        : Future.failedFuture(refusal(response, new IllegalStateException("no status")));
  }

  private static Throwable refusal(GrpcClientResponse<?, ?> response, Throwable thrown) {
    GrpcStatus status = response.status();
    if (status == null || status == GrpcStatus.OK) {
      return thrown;
    }
    String message = response.statusMessage();
    return ApiException.answered(status, message == null ? "no reason given" : message);
  }

  private <T> T await(Future<T> answer) {
    try {
      return answer
          .toCompletionStage()
          .toCompletableFuture()
          .get(deadline.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw ApiException.answered(GrpcStatus.DEADLINE_EXCEEDED, late());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw ApiException.answered(GrpcStatus.CANCELLED, "interrupted");
    } catch (ExecutionException failed) {
      throw translated(failed.getCause() == null ? failed : failed.getCause());
    }
  }

  private ApiException translated(Throwable thrown) {
    if (thrown instanceof ApiException answered) {
      return answered.status() == GrpcStatus.CANCELLED
          ? ApiException.answered(GrpcStatus.DEADLINE_EXCEEDED, late())
          : answered;
    }
    if (thrown instanceof ConnectException) {
      return ApiException.unreached("nothing listens on " + server);
    }
    String message = thrown.getMessage() == null ? thrown.toString() : thrown.getMessage();
    return ApiException.unreached(server + " can't be reached: " + message);
  }

  private String late() {
    return "no answer from " + server + " within " + deadline.toMillis() + " ms";
  }

  /** Ends the connection without waiting for it. */
  @Override
  public void close() {
    vertx.close();
  }
}
