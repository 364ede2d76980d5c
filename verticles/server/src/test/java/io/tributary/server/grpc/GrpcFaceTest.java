package io.tributary.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.MessageId;
import io.tributary.discovery.directory.UserAccount;
import io.tributary.mailbox.MailboxRef;
import io.tributary.mailbox.Page;
import io.tributary.mailbox.PageRequest;
import io.tributary.mailbox.ReadOutcome;
import io.tributary.server.mailbox.MailboxRequest;
import io.tributary.server.testing.ApiFixture;
import io.tributary.server.testing.GrpcCaller;
import io.tributary.server.testing.GrpcCaller.Answer;
import io.tributary.store.testing.Await;
import io.tributary.v1.AdminServiceGrpcClient;
import io.tributary.v1.CreateUserRequest;
import io.tributary.v1.DirectoryServiceGrpcClient;
import io.tributary.v1.DownloadRawRequest;
import io.tributary.v1.DownloadRawResponse;
import io.tributary.v1.GetMessageRequest;
import io.tributary.v1.GetRingRequest;
import io.tributary.v1.GetUserRequest;
import io.tributary.v1.IssueTokenRequest;
import io.tributary.v1.ListMessagesRequest;
import io.tributary.v1.ListMessagesResponse;
import io.tributary.v1.ListThreadsRequest;
import io.tributary.v1.ListUsersRequest;
import io.tributary.v1.ListUsersResponse;
import io.tributary.v1.LocateRequest;
import io.tributary.v1.LocateResponse;
import io.tributary.v1.MailboxServiceGrpcClient;
import io.tributary.v1.Message;
import io.tributary.v1.ResolveRequest;
import io.tributary.v1.TokenScope;
import io.tributary.v1.User;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.client.GrpcClientResponse;
import io.vertx.grpc.common.GrpcStatus;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GrpcFaceTest {
  private static final Duration NO_TIME = Duration.ZERO;
  private static final MessageId MESSAGE = ApiFixture.MESSAGE;

  private final Vertx vertx = Vertx.vertx();
  private final ApiFixture api = new ApiFixture(vertx);
  private final MeterRegistry metrics = new SimpleMeterRegistry();
  private final UserAccount alice = api.alice;
  private final UserAccount bob = api.bob;
  private final String operators = api.operators;
  private final String alices = api.alices;
  private GrpcCaller client = new GrpcCaller(vertx, 1);

  @BeforeEach
  void deploy() {
    var log = new CallLog(metrics, new SplittableRandom(1));
    GrpcVerticle testee =
        new GrpcVerticle(
            new GrpcVerticle.Listen("127.0.0.1", 0, NO_TIME, new HttpServerOptions()),
            GrpcServices.of(api.services(), log),
            () -> true,
            () -> {});
    vertx.deployVerticle(testee).await();
    client = new GrpcCaller(vertx, testee.boundPort());
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void aCallWithoutAValidTokenShouldBeUnauthenticated() {
    for (Optional<String> header :
        List.of(
            Optional.<String>empty(),
            Optional.of(""),
            Optional.of("Bearer "),
            Optional.of("Bearer trb_wrong"),
            Optional.of("Basic " + alices),
            Optional.of("Bearer " + "x".repeat(2_000)))) {
      Answer<User> answer = client.call(DirectoryServiceGrpcClient.GetUser, named("alice"), header);

      assertThat(answer.status()).as("%s", header).isEqualTo(GrpcStatus.UNAUTHENTICATED);
    }
  }

  @Test
  void aUserShouldSeeThemselvesAndNobodyElse() {
    assertThat(
            client.call(DirectoryServiceGrpcClient.GetUser, named("Alice"), alices).only().getId())
        .isEqualTo(alice.id().toString());
    for (String other : List.of("bob", "nobody")) {
      assertThat(client.call(DirectoryServiceGrpcClient.GetUser, named(other), alices).status())
          .isEqualTo(GrpcStatus.PERMISSION_DENIED);
      assertThat(
              client
                  .call(
                      DirectoryServiceGrpcClient.Locate,
                      LocateRequest.newBuilder().setName(other).build(),
                      alices)
                  .status())
          .isEqualTo(GrpcStatus.PERMISSION_DENIED);
      assertThat(client.call(MailboxServiceGrpcClient.ListMessages, of(other), alices).status())
          .isEqualTo(GrpcStatus.PERMISSION_DENIED);
    }
  }

  @Test
  void whatIsForOperatorsShouldBeDeniedToUsers() {
    assertThat(
            List.of(
                client
                    .call(
                        DirectoryServiceGrpcClient.CreateUser,
                        CreateUserRequest.newBuilder().setName("eve").build(),
                        alices)
                    .status(),
                client
                    .call(
                        DirectoryServiceGrpcClient.ListUsers,
                        ListUsersRequest.getDefaultInstance(),
                        alices)
                    .status(),
                client
                    .call(
                        DirectoryServiceGrpcClient.Resolve,
                        ResolveRequest.newBuilder().setAddress("chat:bob").build(),
                        alices)
                    .status(),
                client
                    .call(
                        DirectoryServiceGrpcClient.IssueToken,
                        IssueTokenRequest.newBuilder().setScope(TokenScope.OPERATOR).build(),
                        alices)
                    .status(),
                client
                    .call(
                        AdminServiceGrpcClient.GetRing, GetRingRequest.getDefaultInstance(), alices)
                    .status()))
        .containsOnly(GrpcStatus.PERMISSION_DENIED);
  }

  @Test
  void operatorsShouldFindUsersByNameAndAddress() {
    assertThat(
            client
                .call(DirectoryServiceGrpcClient.GetUser, named("bob"), operators)
                .only()
                .getName())
        .isEqualTo("bob");
    assertThat(client.call(DirectoryServiceGrpcClient.GetUser, named("nobody"), operators).status())
        .isEqualTo(GrpcStatus.NOT_FOUND);
    var byMail = ResolveRequest.newBuilder().setAddress("Bob@Example.com").build();
    assertThat(client.call(DirectoryServiceGrpcClient.Resolve, byMail, operators).only().getName())
        .isEqualTo("bob");
  }

  @Test
  void aRefusedFieldShouldBeNamed() {
    record Case(CreateUserRequest request, String field) {}
    for (Case bad :
        List.of(
            new Case(CreateUserRequest.getDefaultInstance(), "name:"),
            new Case(CreateUserRequest.newBuilder().setName("a b").build(), "name:"),
            new Case(
                CreateUserRequest.newBuilder().setName("eve").setEmail("nope").build(), "email:"),
            new Case(
                CreateUserRequest.newBuilder().setName("eve").setPhone("12").build(), "phone:"),
            new Case(
                CreateUserRequest.newBuilder().setName("eve").setRequestId("r".repeat(129)).build(),
                "request_id:"))) {
      Answer<User> answer =
          client.call(DirectoryServiceGrpcClient.CreateUser, bad.request(), operators);

      assertThat(answer.status()).isEqualTo(GrpcStatus.INVALID_ARGUMENT);
      assertThat(answer.statusMessage()).startsWith(bad.field());
    }
  }

  @Test
  void aTakenAddressShouldBeNamed() {
    CreateUserRequest request =
        CreateUserRequest.newBuilder().setName("eve").setEmail("BOB@example.com").build();

    Answer<User> answer = client.call(DirectoryServiceGrpcClient.CreateUser, request, operators);

    assertThat(answer.status()).isEqualTo(GrpcStatus.ALREADY_EXISTS);
    assertThat(answer.statusMessage()).contains("email:bob@example.com");
  }

  @Test
  void usersShouldBeListedPageByPage() {
    ListUsersRequest first = ListUsersRequest.newBuilder().setPageSize(1).build();
    ListUsersResponse one =
        client.call(DirectoryServiceGrpcClient.ListUsers, first, operators).only();
    ListUsersRequest second = first.toBuilder().setPageToken(one.getNextPageToken()).build();
    ListUsersResponse two =
        client.call(DirectoryServiceGrpcClient.ListUsers, second, operators).only();

    assertThat(one.getUsers(0).getName()).isEqualTo("alice");
    assertThat(two.getUsers(0).getName()).isEqualTo("bob");
    ListUsersRequest bad = first.toBuilder().setPageToken("nonsense").build();
    Answer<ListUsersResponse> refused =
        client.call(DirectoryServiceGrpcClient.ListUsers, bad, operators);
    assertThat(refused.status()).isEqualTo(GrpcStatus.INVALID_ARGUMENT);
    assertThat(refused.statusMessage()).startsWith("page_token:");
  }

  @Test
  void locateShouldSayWhereAndWhy() {
    LocateRequest request = LocateRequest.newBuilder().setName("alice").build();

    LocateResponse answer = client.call(DirectoryServiceGrpcClient.Locate, request, alices).only();

    assertThat(answer)
        .isEqualTo(
            LocateResponse.newBuilder()
                .setUser(
                    client.call(DirectoryServiceGrpcClient.GetUser, named("alice"), alices).only())
                .setSlot(alice.id().slot().number())
                .setCell("c1")
                .setNode("n1")
                .setTableVersion(3)
                .setRingVersion(7)
                .setReason("slot table")
                .setNodeReason(
                    "its token 0000000000000001 is the first at or after the user's %016x"
                        .formatted(alice.id().ringPosition()))
                .build());
  }

  @Test
  void aNewTokenShouldOpenItsUsersMailboxOnly() {
    IssueTokenRequest request =
        IssueTokenRequest.newBuilder().setScope(TokenScope.USER).setUser("bob").build();
    String bobs =
        client.call(DirectoryServiceGrpcClient.IssueToken, request, operators).only().getToken();

    assertThat(client.call(DirectoryServiceGrpcClient.GetUser, named("bob"), bobs).only().getName())
        .isEqualTo("bob");
    assertThat(client.call(DirectoryServiceGrpcClient.GetUser, named("alice"), bobs).status())
        .isEqualTo(GrpcStatus.PERMISSION_DENIED);
    Answer<?> unscoped =
        client.call(
            DirectoryServiceGrpcClient.IssueToken,
            IssueTokenRequest.newBuilder().setUser("bob").build(),
            operators);
    assertThat(unscoped.status()).isEqualTo(GrpcStatus.INVALID_ARGUMENT);
  }

  @Test
  void theRingShouldBeShown() {
    var ring =
        client.call(AdminServiceGrpcClient.GetRing, GetRingRequest.getDefaultInstance(), operators);

    assertThat(ring.only().getVersion()).isEqualTo(7);
    assertThat(ring.only().getNodes(0).getAddress()).isEqualTo("127.0.0.1:9090");
  }

  @Test
  void aMessageShouldHaveEveryFieldOfItsView() {
    api.mailbox = request -> Optional.of(new ReadOutcome.Found<>(ApiFixture.view(MESSAGE)));

    Message message =
        client
            .call(
                MailboxServiceGrpcClient.GetMessage,
                GetMessageRequest.newBuilder().setUser("alice").setId(MESSAGE.toString()).build(),
                alices)
            .only();

    assertThat(message.getId()).isEqualTo(MESSAGE.toString());
    assertThat(message.getThread()).isEqualTo(MESSAGE.toString());
    assertThat(message.getSeq()).isEqualTo(512);
    assertThat(message.getChannel()).isEqualTo(io.tributary.v1.Channel.EMAIL);
    assertThat(message.getFrom()).isEqualTo("email:carol@example.net");
    assertThat(message.getToList()).containsExactly("email:alice@example.com");
    assertThat(message.getSubject()).isEqualTo("Subject");
    assertThat(message.getText()).isEqualTo("Text");
    assertThat(message.getReceivedAt().getSeconds()).isEqualTo(1_700_000_000);
    assertThat(message.getReceivedAt().getNanos()).isEqualTo(5_000_000);
    assertThat(message.getVerified()).isTrue();
    assertThat(message.getParts(0).getName()).isEqualTo("a.png");
    assertThat(message.getParts(0).getBytes()).isEqualTo(99);
  }

  @Test
  void listingsShouldPassPageAndFreshnessOn() {
    var seen = new java.util.concurrent.atomic.AtomicReference<MailboxRequest<?>>();
    api.mailbox =
        request -> {
          seen.set(request);
          return Optional.of(
              new ReadOutcome.Found<>(
                  new Page<>(List.of(ApiFixture.view(MESSAGE)), Optional.of("next"))));
        };
    ListMessagesRequest request =
        of("alice").toBuilder()
            .setPageSize(7)
            .setPageToken("here")
            .setThread(MESSAGE.toString())
            .setFreshness(io.tributary.v1.Freshness.LATEST)
            .build();

    var answer = client.call(MailboxServiceGrpcClient.ListMessages, request, alices).only();

    assertThat(answer.getNextPageToken()).isEqualTo("next");
    assertThat(answer.getMessagesCount()).isEqualTo(1);
    assertThat(seen.get())
        .isEqualTo(
            new MailboxRequest.ListMessages(
                new MailboxRef(alice.id(), 1),
                Optional.of(MESSAGE),
                io.tributary.mailbox.MessageOrder.OLDEST_FIRST,
                new PageRequest(7, Optional.of("here")),
                io.tributary.mailbox.Freshness.LATEST));
  }

  @Test
  void whatTheMailboxRefusesShouldHaveItsStatus() {
    assertThat(listed(new ReadOutcome.BadPageToken<>())).isEqualTo(GrpcStatus.INVALID_ARGUMENT);
    assertThat(listed(new ReadOutcome.NoSuch<>())).isEqualTo(GrpcStatus.NOT_FOUND);
    assertThat(listed(new ReadOutcome.Retry<>("away"))).isEqualTo(GrpcStatus.UNAVAILABLE);
    assertThat(listed(new ReadOutcome.NotHere<>())).isEqualTo(GrpcStatus.UNAVAILABLE);
    api.directory.away(true);
    assertThat(listed(new ReadOutcome.NoSuch<>())).isEqualTo(GrpcStatus.UNAVAILABLE);
  }

  @Test
  void badFieldsOfReadsShouldBeNamed() {
    var threads = ListThreadsRequest.newBuilder().setUser("alice");
    assertThat(
            client
                .call(
                    MailboxServiceGrpcClient.ListThreads, threads.setPageSize(201).build(), alices)
                .statusMessage())
        .startsWith("page_size:");
    assertThat(
            client
                .call(
                    MailboxServiceGrpcClient.GetMessage,
                    GetMessageRequest.newBuilder().setUser("alice").setId("x").build(),
                    alices)
                .statusMessage())
        .startsWith("id:");
    assertThat(
            client
                .call(
                    MailboxServiceGrpcClient.ListMessages,
                    of("alice").toBuilder().setThread("x").build(),
                    alices)
                .statusMessage())
        .startsWith("thread:");
  }

  @Test
  void rawShouldComeInChunksByteForByte() throws Exception {
    byte[] raw = new byte[1_048_576];
    new java.util.Random(5).nextBytes(raw);
    api.mailbox = request -> Optional.of(new ReadOutcome.Found<>(Bytes.ofOwned(raw)));

    Answer<DownloadRawResponse> answer =
        client.call(MailboxServiceGrpcClient.DownloadRaw, rawOf("alice"), alices);

    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (DownloadRawResponse chunk : answer.messages()) {
      assertThat(chunk.getData().size()).isBetween(1, 65_536);
      chunk.getData().writeTo(whole);
    }
    assertThat(answer.status()).isEqualTo(GrpcStatus.OK);
    assertThat(whole.toByteArray()).isEqualTo(raw);
  }

  @Test
  void rawOfAMessageWithoutRawFormShouldFailItsPrecondition() {
    api.mailbox = request -> Optional.of(new ReadOutcome.Found<>(Bytes.EMPTY));

    assertThat(client.call(MailboxServiceGrpcClient.DownloadRaw, rawOf("alice"), alices).status())
        .isEqualTo(GrpcStatus.FAILED_PRECONDITION);
  }

  @Test
  void aCallersDeadlineShouldBeKept() {
    long began = System.nanoTime();

    var answer = messagesWithin(Duration.ofMillis(200));

    assertThat(answer.status()).isEqualTo(GrpcStatus.DEADLINE_EXCEEDED);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void aDeadlineOfAMillisecondShouldEndTheCallAndLeaveNothing() {
    var answer = messagesWithin(Duration.ofMillis(1));

    assertThat(answer.status()).isEqualTo(GrpcStatus.DEADLINE_EXCEEDED);
    Await.until(
        Duration.ofSeconds(10),
        "no call in flight",
        () -> metrics.get("tributary.grpc.in.flight").gauge().value() == 0);
  }

  private Answer<ListMessagesResponse> messagesWithin(Duration deadline) {
    return client.with(
        MailboxServiceGrpcClient.ListMessages,
        request -> {
          request.headers().set("authorization", "Bearer " + alices);
          request.timeout(deadline.toMillis(), TimeUnit.MILLISECONDS);
          return request.send(of("alice")).compose(GrpcCaller::receive);
        });
  }

  @Test
  void aDownloadThatIsCancelledMidwayShouldLeaveNothing() {
    api.mailbox = request -> Optional.of(new ReadOutcome.Found<>(Bytes.ofOwned(new byte[4 << 20])));
    GrpcClientRequest<DownloadRawRequest, DownloadRawResponse> request = unread(call -> {});
    assertThat(metrics.get("tributary.grpc.in.flight").gauge().value()).isEqualTo(1);

    request.cancel();

    Await.until(
        Duration.ofSeconds(10),
        "no call in flight",
        () -> metrics.get("tributary.grpc.in.flight").gauge().value() == 0);
  }

  /** A download that has begun, and of which nothing is read. */
  private GrpcClientRequest<DownloadRawRequest, DownloadRawResponse> unread(
      Consumer<GrpcClientRequest<DownloadRawRequest, DownloadRawResponse>> options) {
    return client.with(
        MailboxServiceGrpcClient.DownloadRaw,
        call -> {
          call.headers().set("authorization", "Bearer " + alices);
          options.accept(call);
          return call.send(rawOf("alice")).map(GrpcClientResponse::pause).map(call);
        });
  }

  @Test
  void callersWhoNeverReadShouldShareABoundAndBeCutOffAtTheDeadline() {
    byte[] raw = new byte[16 << 20];
    api.mailbox = request -> Optional.of(new ReadOutcome.Found<>(Bytes.ofOwned(raw)));
    for (int number = 0; number < 4; number++) {
      GrpcClientRequest<DownloadRawRequest, DownloadRawResponse> deaf =
          unread(call -> call.timeout(5, TimeUnit.SECONDS));
      assertThat(deaf).isNotNull();
    }

    assertThat(client.call(MailboxServiceGrpcClient.DownloadRaw, rawOf("alice"), alices).status())
        .isEqualTo(GrpcStatus.UNAVAILABLE);
    Await.until(
        Duration.ofSeconds(20),
        "no call in flight",
        () -> metrics.get("tributary.grpc.in.flight").gauge().value() == 0);
    var after = client.call(MailboxServiceGrpcClient.DownloadRaw, rawOf("alice"), alices);
    assertThat(after.messages().stream().mapToInt(chunk -> chunk.getData().size()).sum())
        .isEqualTo(raw.length);
  }

  @Test
  void anOversizedRequestShouldBeRefused() {
    GetUserRequest big = named("a".repeat(300_000));

    assertThat(client.call(DirectoryServiceGrpcClient.GetUser, big, operators).status())
        .isEqualTo(GrpcStatus.RESOURCE_EXHAUSTED);
  }

  @Test
  void garbageInsteadOfAMessageShouldEndTheCall() {
    var request = client.open();
    request.fullMethodName("tributary.v1.DirectoryService/GetUser");
    request.headers().set("authorization", "Bearer " + operators);

    var answer = request.send(Buffer.buffer(new byte[] {10, 127, 1})).compose(GrpcCaller::receive);

    assertThat(GrpcCaller.failureOf(answer)).isNotNull();
    Await.until(
        Duration.ofSeconds(10),
        "no call in flight",
        () -> metrics.get("tributary.grpc.in.flight").gauge().value() == 0);
  }

  @Test
  void aCompressedRequestShouldBeRefused() {
    var answer =
        client.with(
            DirectoryServiceGrpcClient.GetUser,
            request -> {
              request.headers().set("authorization", "Bearer " + operators);
              request.encoding("gzip");
              return request.send(named("bob")).compose(GrpcCaller::receive);
            });

    assertThat(answer.status()).isEqualTo(GrpcStatus.UNIMPLEMENTED);
  }

  @Test
  void aCallWithoutAMessageShouldBeRefused() {
    var answer =
        client.with(
            DirectoryServiceGrpcClient.GetUser,
            request -> {
              request.headers().set("authorization", "Bearer " + operators);
              request.end();
              return request.response().compose(GrpcCaller::receive);
            });

    assertThat(answer.status()).isEqualTo(GrpcStatus.INVALID_ARGUMENT);
  }

  @Test
  void aMistakeOfOursShouldBeInternalWithoutDetails() {
    api.mailbox = request -> Optional.of(new ReadOutcome.Found<>("of another type"));

    Answer<?> answer =
        client.call(
            MailboxServiceGrpcClient.GetMessage,
            GetMessageRequest.newBuilder().setUser("alice").setId(MESSAGE.toString()).build(),
            alices);

    assertThat(answer.status()).isEqualTo(GrpcStatus.INTERNAL);
    assertThat(answer.statusMessage()).isEqualTo("internal error");
  }

  @Test
  void callsShouldBeCountedAndNoneLeftInFlight() {
    client.call(DirectoryServiceGrpcClient.GetUser, named("bob"), operators).only();
    client.call(DirectoryServiceGrpcClient.GetUser, named("bob"), alices);

    assertThat(
            metrics
                .counter(
                    "tributary.grpc.calls",
                    "method",
                    "tributary.v1.DirectoryService/GetUser",
                    "status",
                    "OK")
                .count())
        .isEqualTo(1);
    assertThat(metrics.get("tributary.grpc.in.flight").gauge().value()).isZero();
  }

  private GrpcStatus listed(ReadOutcome<?> outcome) {
    api.mailbox = request -> Optional.of(outcome);
    return client.call(MailboxServiceGrpcClient.ListMessages, of("alice"), alices).status();
  }

  private static GetUserRequest named(String name) {
    return GetUserRequest.newBuilder().setName(name).build();
  }

  private static ListMessagesRequest of(String user) {
    return ListMessagesRequest.newBuilder().setUser(user).build();
  }

  private static DownloadRawRequest rawOf(String user) {
    return DownloadRawRequest.newBuilder().setUser(user).setId(MESSAGE.toString()).build();
  }
}
