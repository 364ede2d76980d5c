package io.tributary.loadtests.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.v1.GetMailboxRequest;
import io.tributary.v1.Mailbox;
import io.tributary.v1.MailboxServiceGrpcService;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerRequest;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server of another make. */
class GrpcCallsTest {
  private static final String PATH = "/tributary.v1.MailboxService/GetMailbox";

  private final Vertx vertx = Vertx.vertx();
  private final ClientLoop loop = ClientLoop.open();
  private InetSocketAddress address = new InetSocketAddress(0);

  @BeforeEach
  void start() {
    GrpcServer grpc =
        GrpcServer.server(vertx)
            .callHandler(MailboxServiceGrpcService.GetMailbox, GrpcCallsTest::answer);
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(grpc)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    address = new InetSocketAddress("127.0.0.1", server.actualPort());
  }

  @AfterEach
  void stop() {
    loop.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  /** Says the user's name back in many bytes, or refuses, or hangs up. */
  private static void answer(GrpcServerRequest<GetMailboxRequest, Mailbox> request) {
    request.handler(
        asked -> {
          switch (asked.getUser()) {
            case "nobody" -> request.response().status(GrpcStatus.NOT_FOUND).end();
            case "hang up" -> request.connection().close();
            default ->
                request.response().end(Mailbox.newBuilder().setUser("x".repeat(200_000)).build());
          }
        });
  }

  @Test
  void manyCallsAtOnceShouldEachBeAnswered() throws Exception {
    GrpcCalls calls = GrpcCalls.open(loop, address);
    List<CompletableFuture<Optional<String>>> answers = new ArrayList<>();
    for (int call = 0; call < 90; call++) {
      answers.add(make(calls, "alice"));
    }

    // 18 MB, many times the window that a client has by itself
    for (CompletableFuture<Optional<String>> answer : answers) {
      assertThat(answer.get(20, TimeUnit.SECONDS)).isEmpty();
    }
  }

  @Test
  void aRefusalShouldNotPassForAnAnswer() throws Exception {
    GrpcCalls calls = GrpcCalls.open(loop, address);

    assertThat(make(calls, "nobody").get(20, TimeUnit.SECONDS).orElseThrow())
        .startsWith("gRPC status 5");
    assertThat(make(calls, "alice").get(20, TimeUnit.SECONDS)).isEmpty();
  }

  @Test
  void callsUnderWayShouldFailWithTheirConnection() throws Exception {
    GrpcCalls calls = GrpcCalls.open(loop, address);

    assertThat(make(calls, "hang up").get(20, TimeUnit.SECONDS)).isPresent();
    assertThat(make(calls, "alice").get(20, TimeUnit.SECONDS)).isPresent();
  }

  private CompletableFuture<Optional<String>> make(GrpcCalls calls, String user) {
    byte[] request = GetMailboxRequest.newBuilder().setUser(user).build().toByteArray();
    CompletableFuture<Optional<String>> answer = new CompletableFuture<>();
    calls.make(GrpcCalls.call("127.0.0.1", PATH, "token", request), answer::complete);
    return answer;
  }
}
