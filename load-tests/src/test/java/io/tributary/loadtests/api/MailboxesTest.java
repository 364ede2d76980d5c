package io.tributary.loadtests.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tributary.loadtests.audit.Digests;
import io.tributary.loadtests.audit.Marker;
import io.tributary.loadtests.audit.Sighting;
import io.tributary.v1.ListMessagesRequest;
import io.tributary.v1.ListMessagesResponse;
import io.tributary.v1.MailboxServiceGrpcService;
import io.tributary.v1.MailboxServiceService;
import io.tributary.v1.Message;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.StatusException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a small server that speaks the contract. */
class MailboxesTest {
  private static final LoadUser ALICE = new LoadUser("alice", "a@example.com", "+120255", "trb_a");
  private static final Marker MARKER = new Marker("r");

  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger failures = new AtomicInteger();
  private int port;

  @BeforeEach
  void start() throws Exception {
    GrpcServer grpc = GrpcServer.server(vertx);
    grpc.addService(MailboxServiceGrpcService.of(new Pages()));
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(grpc)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
    port = server.actualPort();
  }

  @AfterEach
  void stop() {
    vertx.close();
  }

  @Test
  void allPagesShouldBeReadAndOtherMessagesPassedOver() {
    try (Api api = new Api(new InetSocketAddress("127.0.0.1", port), "trb_o")) {
      assertThat(new Mailboxes(api).sightings(MARKER, List.of(ALICE)))
          .containsExactly(sighting(1), sighting(2), sighting(2));
    }
  }

  @Test
  void aServerThatIsAwayForAMomentShouldBeAskedAgain() {
    failures.set(2);
    try (Api api = new Api(new InetSocketAddress("127.0.0.1", port), "trb_o")) {
      assertThat(new Mailboxes(api).sightings(MARKER, List.of(ALICE))).hasSize(3);
    }
  }

  @Test
  void aRefusalShouldEndTheReading() {
    try (Api api = new Api(new InetSocketAddress("127.0.0.1", port), "trb_o")) {
      LoadUser nobody = new LoadUser("nobody", "n@example.com", "+1", "trb_n");
      assertThatExceptionOfType(ApiException.class)
          .isThrownBy(() -> new Mailboxes(api).sightings(MARKER, List.of(nobody)).toList())
          .satisfies(thrown -> assertThat(thrown.status()).isEqualTo(GrpcStatus.NOT_FOUND));
    }
  }

  private static Sighting sighting(int number) {
    String id = MARKER.id(number);
    return new Sighting("alice", Optional.of(id), Digests.of(Marker.text(id, 100)));
  }

  /** Three pages: 1 and a stranger's, none, and 2 twice. */
  private final class Pages extends MailboxServiceService {
    @Override
    public Future<ListMessagesResponse> listMessages(ListMessagesRequest request) {
      if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        return Future.failedFuture(new StatusException(GrpcStatus.UNAVAILABLE, "later"));
      }
      if (!request.getUser().equals("alice")) {
        return Future.failedFuture(new StatusException(GrpcStatus.NOT_FOUND, "nobody"));
      }
      return Future.succeededFuture(
          switch (request.getPageToken()) {
            case "" -> page("b", message(MARKER.id(1)), message("other-00000001"));
            case "b" -> page("c");
            default -> page("", message(MARKER.id(2)), message(MARKER.id(2)));
          });
    }

    private static ListMessagesResponse page(String next, Message... messages) {
      return ListMessagesResponse.newBuilder()
          .addAllMessages(List.of(messages))
          .setNextPageToken(next)
          .build();
    }

    private static Message message(String id) {
      return Message.newBuilder().setText(Marker.text(id, 100)).build();
    }
  }
}
