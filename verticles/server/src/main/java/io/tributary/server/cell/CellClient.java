package io.tributary.server.cell;

import io.reactivex.rxjava3.core.Single;
import io.tributary.cell.v1.AskRequest;
import io.tributary.cell.v1.AskResponse;
import io.tributary.cell.v1.CellServiceGrpcClient;
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
    SocketAddress address = SocketAddress.inetSocketAddress(node.port(), node.host());
    return RxFutures.single(() -> call(address, question))
        .onErrorResumeNext(failure -> noAnswer(node, question, failure));
  }

  private Future<AskResponse> call(SocketAddress address, AskRequest question) {
    return client
        .request(address, CellServiceGrpcClient.Ask)
        .compose(call -> send(call, question))
        .timeout(deadline.toMillis(), TimeUnit.MILLISECONDS);
  }

  private Future<AskResponse> send(
      GrpcClientRequest<AskRequest, AskResponse> call, AskRequest question) {
    return call.timeout(deadline.toMillis(), TimeUnit.MILLISECONDS)
        .send(question)
        .compose(response -> response.last());
  }

  private static Single<AskResponse> noAnswer(
      Endpoint node, AskRequest question, Throwable failure) {
    LOG.info(
        "event=cell.no_answer node={} question={} reason=\"{}\"",
        node,
        question.getQuestionCase(),
        failure.toString());
    return Single.error(new NotNowException("the mailbox's node does not answer"));
  }

  /** Closes all connections. */
  public Future<Void> close() {
    return client.close();
  }
}
