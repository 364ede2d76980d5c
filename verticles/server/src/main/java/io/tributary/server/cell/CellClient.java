package io.tributary.server.cell;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.tributary.cell.v1.AskRequest;
import io.tributary.cell.v1.AskResponse;
import io.tributary.cell.v1.CellServiceGrpcClient;
import io.tributary.cell.v1.LiveNews;
import io.tributary.cell.v1.Nothing;
import io.tributary.cell.v1.OpenLogRequest;
import io.tributary.cell.v1.OpenLogResponse;
import io.tributary.cell.v1.PulseResponse;
import io.tributary.discovery.membership.Endpoint;
import io.tributary.server.eventloop.RxFutures;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientOptions;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.common.ServiceMethod;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls other nodes, each over one connection, which carries as many calls at once as the node
 * admits; further ones wait, no longer than their deadline. How many there are is bounded by the
 * router's credits and the faces' own limits. Safe for any thread; the answer comes on the caller's
 * context.
 */
public final class CellClient implements NodeCalls {
  private static final Logger LOG = LoggerFactory.getLogger(CellClient.class);

  private static final int CONNECT_MILLIS = 1_000;
  private static final int KEEP_ALIVE_SECONDS = 240;

  /** For what is worth nothing later. */
  private static final Duration MOMENT = Duration.ofSeconds(1);

  private final GrpcClient client;
  private final Duration deadline;

  /**
   * @param encryption what it proves itself with, and whom it trusts; or none
   * @param deadline for the answer
   */
  public CellClient(Vertx vertx, HttpClientOptions encryption, Duration deadline) {
    this.deadline = deadline;
    HttpClientOptions http =
        new HttpClientOptions(encryption)
            .setProtocolVersion(HttpVersion.HTTP_2)
            .setHttp2ClearTextUpgrade(false)
            .setHttp2KeepAliveTimeout(KEEP_ALIVE_SECONDS)
            .setConnectTimeout(CONNECT_MILLIS);
    this.client =
        GrpcClient.builder(vertx)
            .with(new GrpcClientOptions().setMaxMessageSize(CellService.MESSAGE_BYTES_MAX))
            .with(http)
            .build();
  }

  @Override
  public Single<AskResponse> ask(Endpoint node, AskRequest question) {
    return call(node, CellServiceGrpcClient.Ask, question, deadline)
        .onErrorResumeNext(
            failure ->
                noAnswer(node, question.getQuestionCase().name(), failure, "the mailbox's node"));
  }

  /** What became of a first entry. Signals {@link NotNowException} if that is not known. */
  Single<OpenLogResponse> openLog(Endpoint node, OpenLogRequest request) {
    return call(node, CellServiceGrpcClient.OpenLog, request, deadline)
        .onErrorResumeNext(
            failure -> noAnswer(node, "OPEN_LOG", failure, "the new mailbox's node"));
  }

  /** Tells the node something. Completes once it has heard it, or when it is too late. */
  public Completable tell(Endpoint node, LiveNews news) {
    return call(node, CellServiceGrpcClient.Tell, news, MOMENT).ignoreElement().onErrorComplete();
  }

  /** How the node's cell is. Signals an error if it does not say so at once. */
  public Single<PulseResponse> pulse(Endpoint node) {
    return call(node, CellServiceGrpcClient.Pulse, Nothing.getDefaultInstance(), MOMENT);
  }

  private <Q, A> Single<A> call(
      Endpoint node, ServiceMethod<A, Q> method, Q message, Duration within) {
    SocketAddress address = SocketAddress.inetSocketAddress(node.port(), node.host());
    return RxFutures.single(
        () ->
            client
                .request(address, method)
                .compose(call -> send(call, message, within))
                .timeout(within.toMillis(), TimeUnit.MILLISECONDS));
  }

  private static <Q, A> Future<A> send(GrpcClientRequest<Q, A> call, Q message, Duration within) {
    return call.timeout(within.toMillis(), TimeUnit.MILLISECONDS)
        .send(message)
        .compose(response -> response.last());
  }

  private static <A> Single<A> noAnswer(
      Endpoint node, String question, Throwable failure, String who) {
    LOG.info(
        "event=cell.no_answer node={} question={} reason=\"{}\"",
        node,
        question,
        failure.toString());
    return Single.error(new NotNowException(who + " does not answer"));
  }

  /** Closes all connections. */
  public Future<Void> close() {
    return client.close();
  }
}
