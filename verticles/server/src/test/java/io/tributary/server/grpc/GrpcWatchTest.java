package io.tributary.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tributary.codecs.live.EventPage;
import io.tributary.codecs.live.LiveBatch;
import io.tributary.codecs.live.LiveEvent;
import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.MessageView;
import io.tributary.codecs.message.Position;
import io.tributary.mailbox.ReadOutcome;
import io.tributary.server.api.ApiServices;
import io.tributary.server.mailbox.MailboxRequest;
import io.tributary.server.testing.ApiFixture;
import io.tributary.server.testing.GrpcCaller;
import io.tributary.store.testing.Await;
import io.tributary.v1.MailboxServiceGrpcClient;
import io.tributary.v1.WatchRequest;
import io.tributary.v1.WatchResponse;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.client.GrpcClientResponse;
import io.vertx.grpc.common.GrpcStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Watch over gRPC, on a mailbox that only has a head. */
class GrpcWatchTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private final Vertx vertx = Vertx.vertx();
  private final ApiFixture api = new ApiFixture(vertx);
  private final MeterRegistry metrics = new SimpleMeterRegistry();
  private final ApiServices services = api.services();
  private final Queue<WatchResponse> seen = new ConcurrentLinkedQueue<>();
  private volatile Position head = Position.of(2, 0);
  private volatile List<LiveEvent> backlog = List.of();
  private GrpcCaller client = new GrpcCaller(vertx, 1);
  private int port;

  @BeforeEach
  void deploy() {
    api.mailbox =
        request ->
            request instanceof MailboxRequest.Events events
                ? Optional.of(new ReadOutcome.Found<>(page(events.since())))
                : Optional.empty();
    GrpcVerticle testee =
        new GrpcVerticle(
            new GrpcVerticle.Listen("127.0.0.1", 0, Duration.ZERO, new HttpServerOptions()),
            GrpcServices.of(services, new CallLog(metrics, new SplittableRandom(1))),
            () -> true,
            services.watching()::shutDown);
    vertx.deployVerticle(testee).await();
    port = testee.boundPort();
    client = new GrpcCaller(vertx, port);
  }

  private EventPage page(Position since) {
    List<LiveEvent> behind =
        backlog.stream().filter(event -> event.position().compareTo(since) > 0).toList();
    return new EventPage(behind, head, head);
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void aWatchShouldBeginWithTheHeadThenTellWhatWasMissedThenWhatHappens() {
    backlog = List.of(arrived(Position.of(2, 0)));
    GrpcClientRequest<WatchRequest, WatchResponse> call = watch(Optional.of(256L), api.alices);
    Await.until(LONG, "head and backlog", () -> messages().size() == 1);
    backlog = List.of(arrived(Position.of(2, 0)), arrived(Position.of(3, 0)));
    head = Position.of(3, 0);
    vertx.runOnContext(
        ignored ->
            api.live.committed(
                new LiveBatch(
                    api.alice.id(),
                    Position.of(2, 0),
                    Position.of(3, 0),
                    List.of(arrived(Position.of(3, 0))))));
    Await.until(LONG, "a live message", () -> messages().size() == 2);

    assertThat(seen.peek().getHead().getSeq()).isEqualTo(512);
    assertThat(messages()).containsExactly(512L, 768L);
    call.cancel();
  }

  @Test
  void aCallerThatReadsTooSlowlyShouldBeToldWhatItMissed() {
    GrpcClientRequest<WatchRequest, WatchResponse> call = watch(Optional.empty(), api.alices);
    var response = GrpcCaller.await(call.response());
    Await.until(LONG, "the first head", () -> !seen.isEmpty());
    response.pause();
    for (int entry = 3; entry < 1_500; entry++) {
      head = Position.of(entry, 0);
      api.live.committed(
          new LiveBatch(
              api.alice.id(),
              Position.of(entry - 1, 0),
              Position.of(entry, 0),
              List.of(arrived(Position.of(entry, 0)))));
    }
    vertx.setTimer(500, ignored -> response.resume());

    Await.until(LONG, "the gap", () -> seen.stream().anyMatch(WatchResponse::hasGap));
    WatchResponse gap = seen.stream().filter(WatchResponse::hasGap).findFirst().orElseThrow();
    assertThat(messages()).isSorted().contains(gap.getGap().getFrom()).hasSizeLessThan(1_497);
    assertThat(gap.getGap().getTo()).isEqualTo(Position.of(1_499, 0).value());
    call.cancel();
  }

  @Test
  void aHeadShouldComeEveryFiveSeconds() {
    watch(Optional.empty(), api.alices);
    Await.until(
        Duration.ofSeconds(12),
        "two heads",
        () -> seen.stream().filter(WatchResponse::hasHead).count() >= 2);
  }

  @Test
  void aCancelledWatchShouldLeaveNothingBehind() {
    GrpcClientRequest<WatchRequest, WatchResponse> call = watch(Optional.empty(), api.alices);
    Await.until(LONG, "the first head", () -> !seen.isEmpty());
    call.cancel();

    Await.until(LONG, "no call in flight", () -> inFlight() == 0);
    int events = api.asked.size();
    api.live.committed(
        new LiveBatch(api.alice.id(), Position.of(2, 0), Position.of(3, 0), List.of()));
    assertThat(api.asked).hasSize(events);
  }

  @Test
  void aWatchShouldEndWhenItsTokenIsRevoked() {
    GrpcClientRequest<WatchRequest, WatchResponse> call = watch(Optional.empty(), api.alices);
    var response = GrpcCaller.await(call.response());
    Await.until(LONG, "the first head", () -> !seen.isEmpty());
    assertThat(api.tokens.revoke(api.alices).blockingGet()).isTrue();

    Await.until(LONG, "the end", () -> response.status() == GrpcStatus.UNAUTHENTICATED);
    Await.until(LONG, "no call in flight", () -> inFlight() == 0);
  }

  @Test
  void aWatchShouldEndWhenTheNodeStops() {
    GrpcClientRequest<WatchRequest, WatchResponse> call = watch(Optional.empty(), api.alices);
    var response = GrpcCaller.await(call.response());
    Await.until(LONG, "the first head", () -> !seen.isEmpty());
    services.watching().shutDown();

    Await.until(LONG, "the end", () -> response.status() == GrpcStatus.UNAVAILABLE);
  }

  @Test
  void aWatchWithADeadlineShouldEndByIt() {
    var answer =
        client.with(
            MailboxServiceGrpcClient.Watch,
            (GrpcClientRequest<WatchRequest, WatchResponse> call) -> {
              call.timeout(300, TimeUnit.MILLISECONDS);
              return begin(call, Optional.empty(), api.alices);
            });

    Await.until(LONG, "the end", () -> answer.status() == GrpcStatus.DEADLINE_EXCEEDED);
  }

  @Test
  void aWatchThatIsBegunAndNeverAskedForShouldEnd() {
    HttpClientRequest call =
        GrpcCaller.await(
            vertx
                .createHttpClient(
                    new HttpClientOptions()
                        .setProtocolVersion(HttpVersion.HTTP_2)
                        .setHttp2ClearTextUpgrade(false))
                .request(HttpMethod.POST, port, "127.0.0.1", "/tributary.v1.MailboxService/Watch"));
    GrpcCaller.await(call.putHeader("Content-Type", "application/grpc").sendHead());
    Await.until(LONG, "the call to begin", () -> inFlight() == 1);

    assertThat(GrpcCaller.await(call.response()).getHeader("grpc-status"))
        .isEqualTo(Integer.toString(GrpcStatus.INVALID_ARGUMENT.code));
    assertThat(inFlight()).isZero();
  }

  @Test
  void anotherUsersMailboxShouldNotBeWatched() {
    var answer =
        client.call(
            MailboxServiceGrpcClient.Watch,
            WatchRequest.newBuilder().setUser("bob").build(),
            api.alices);

    assertThat(answer.status()).isEqualTo(GrpcStatus.PERMISSION_DENIED);
  }

  private GrpcClientRequest<WatchRequest, WatchResponse> watch(Optional<Long> since, String token) {
    return client.with(
        MailboxServiceGrpcClient.Watch,
        call -> {
          begin(call, since, token);
          return Future.succeededFuture(call);
        });
  }

  private Future<GrpcClientResponse<WatchRequest, WatchResponse>> begin(
      GrpcClientRequest<WatchRequest, WatchResponse> call, Optional<Long> since, String token) {
    call.headers().set("authorization", "Bearer " + token);
    WatchRequest.Builder request = WatchRequest.newBuilder().setUser("alice");
    since.ifPresent(request::setSince);
    return call.send(request.build()).onSuccess(response -> response.handler(seen::add));
  }

  private List<Long> messages() {
    return seen.stream()
        .filter(WatchResponse::hasMessage)
        .map(event -> event.getMessage().getSeq())
        .toList();
  }

  private double inFlight() {
    return metrics.get("tributary.grpc.in.flight").gauge().value();
  }

  private LiveEvent arrived(Position position) {
    MessageView view = ApiFixture.view(new MessageId(api.alice.id(), position));
    return new LiveEvent.Arrived(view);
  }
}
