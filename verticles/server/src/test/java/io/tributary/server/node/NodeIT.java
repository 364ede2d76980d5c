package io.tributary.server.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tributary.server.testing.GrpcCaller;
import io.tributary.server.testing.GrpcCaller.Answer;
import io.tributary.server.testing.People;
import io.tributary.server.testing.People.Person;
import io.tributary.server.testing.RawSmtp;
import io.tributary.server.testing.RunningNode;
import io.tributary.store.testing.HBaseProcess;
import io.tributary.store.testing.SharedHBase;
import io.tributary.v1.AdminServiceGrpcClient;
import io.tributary.v1.CreateUserRequest;
import io.tributary.v1.DirectoryServiceGrpcClient;
import io.tributary.v1.DownloadRawRequest;
import io.tributary.v1.DownloadRawResponse;
import io.tributary.v1.Freshness;
import io.tributary.v1.GetMessageRequest;
import io.tributary.v1.GetRingRequest;
import io.tributary.v1.GetUserRequest;
import io.tributary.v1.ListMessagesRequest;
import io.tributary.v1.ListMessagesResponse;
import io.tributary.v1.ListThreadsRequest;
import io.tributary.v1.LocateRequest;
import io.tributary.v1.MailboxServiceGrpcClient;
import io.tributary.v1.Message;
import io.tributary.v1.User;
import io.vertx.core.json.JsonObject;
import io.vertx.grpc.common.GrpcStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** One node on a real HBase and ZooKeeper, from the outside. */
@ExtendWith(SharedHBase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NodeIT {
  private static final AtomicInteger PHONES = new AtomicInteger();

  private final Path folder;
  private final RunningNode node;
  private final GrpcCaller grpc;
  private final People people;

  NodeIT(HBaseProcess hbase, @TempDir Path folder) {
    this.folder = folder;
    node = RunningNode.start(hbase, folder, Map.of());
    grpc = node.grpc();
    people = new People(grpc);
  }

  @AfterAll
  void stop() {
    node.close();
  }

  @Test
  void aMailShouldComeOutByteForByte() throws Exception {
    Person alice = people.person();
    byte[] mail = mail("Subject: =?utf-8?q?gr=C3=BC=C3=9Fe?=", "T\u00e4xt with 8 bits \u00fc");

    assertThat(send(alice, mail)).startsWith("250");

    Message message = onlyMessage(alice);
    assertThat(raw(alice, message.getId())).isEqualTo(mail);
    assertThat(message.getSubject()).isEqualTo("grüße");
    assertThat(message.getFrom()).isEqualTo("email:carol@example.net");
    assertThat(message.getToList()).containsExactly("email:x@example.com");
    assertThat(message.getVerified()).isFalse();
    assertThat(message.getChannel()).isEqualTo(io.tributary.v1.Channel.EMAIL);
    var get = GetMessageRequest.newBuilder().setUser(alice.name()).setId(message.getId()).build();
    assertThat(grpc.call(MailboxServiceGrpcClient.GetMessage, get, alice.token()).only())
        .isEqualTo(message);
  }

  @Test
  void theSameMailTwiceShouldBeOneMessage() throws Exception {
    Person alice = people.person();
    byte[] mail = mail("Subject: once", "once");

    assertThat(send(alice, mail)).startsWith("250");
    assertThat(send(alice, mail)).startsWith("250");

    assertThat(messages(alice, Freshness.LATEST).getMessagesCount()).isEqualTo(1);
  }

  @Test
  void aReplyShouldJoinItsThread() throws Exception {
    Person alice = people.person();
    send(alice, mail("Message-ID: <a1@example.net>\r\nSubject: plan", "first"));
    send(alice, mail("In-Reply-To: <a1@example.net>\r\nSubject: Re: plan", "second"));

    var threads =
        grpc.call(
                MailboxServiceGrpcClient.ListThreads,
                ListThreadsRequest.newBuilder().setUser(alice.name()).build(),
                alice.token())
            .only();

    assertThat(threads.getThreadsCount()).isEqualTo(1);
    assertThat(threads.getThreads(0).getMessages()).isEqualTo(2);
    assertThat(threads.getThreads(0).getParticipantsList())
        .containsExactly("email:carol@example.net", "email:x@example.com");
  }

  @Test
  void oneMailToSeveralShouldReachEach() throws Exception {
    Person alice = people.person();
    Person bob = people.person();
    byte[] mail = mail("Subject: both", "for both");

    try (RawSmtp smtp = node.smtp()) {
      assertThat(smtp.mail("carol@example.net", List.of(alice.email(), bob.email()), mail))
          .startsWith("250");
    }

    assertThat(raw(alice, onlyMessage(alice).getId())).isEqualTo(mail);
    assertThat(raw(bob, onlyMessage(bob).getId())).isEqualTo(mail);
  }

  @Test
  void pagesShouldBeFollowedAndBadTokensRefused() throws Exception {
    Person alice = people.person();
    for (int i = 0; i < 5; i++) {
      assertThat(send(alice, mail("Subject: " + i, "number " + i))).startsWith("250");
    }
    List<String> subjects = new ArrayList<>();
    ListMessagesRequest request =
        ListMessagesRequest.newBuilder().setUser(alice.name()).setPageSize(2).build();
    ListMessagesResponse page;
    do {
      page = grpc.call(MailboxServiceGrpcClient.ListMessages, request, alice.token()).only();
      page.getMessagesList().forEach(message -> subjects.add(message.getSubject()));
      request = request.toBuilder().setPageToken(page.getNextPageToken()).build();
    } while (!page.getNextPageToken().isEmpty());

    assertThat(subjects).containsExactly("0", "1", "2", "3", "4");
    for (String bad : List.of("nonsense", "AAAA", "\u00fc")) {
      Answer<ListMessagesResponse> refused =
          grpc.call(
              MailboxServiceGrpcClient.ListMessages,
              request.toBuilder().setPageToken(bad).build(),
              alice.token());
      assertThat(refused.status()).isEqualTo(GrpcStatus.INVALID_ARGUMENT);
      assertThat(refused.statusMessage()).startsWith("page_token:");
    }
  }

  @Test
  void anotherUsersMailboxShouldStayShut() throws Exception {
    Person alice = people.person();
    Person bob = people.person();
    send(alice, mail("Subject: private", "private"));
    String id = onlyMessage(alice).getId();
    var list = ListMessagesRequest.newBuilder().setUser(alice.name()).build();
    var own = DownloadRawRequest.newBuilder().setUser(bob.name()).setId(id).build();

    assertThat(grpc.call(MailboxServiceGrpcClient.ListMessages, list, bob.token()).status())
        .isEqualTo(GrpcStatus.PERMISSION_DENIED);
    assertThat(grpc.call(MailboxServiceGrpcClient.ListMessages, list, "trb_nobodys").status())
        .isEqualTo(GrpcStatus.UNAUTHENTICATED);
    assertThat(
            grpc.call(MailboxServiceGrpcClient.ListMessages, list, RunningNode.OPERATOR).status())
        .isEqualTo(GrpcStatus.OK);
    assertThat(grpc.call(MailboxServiceGrpcClient.DownloadRaw, own, bob.token()).status())
        .isEqualTo(GrpcStatus.NOT_FOUND);
  }

  @Test
  void mailForNobodyAndForOthersShouldBeRefused() throws Exception {
    try (RawSmtp smtp = node.smtp()) {
      smtp.say("MAIL FROM:<carol@example.net>");
      smtp.expect("250");
      smtp.say("RCPT TO:<nobody-at-all@example.com>");
      assertThat(smtp.reply()).startsWith("550 5.1.1");
      smtp.say("RCPT TO:<somebody@example.org>");
      assertThat(smtp.reply()).startsWith("550 5.7.1");
    }
    var unknown = GetUserRequest.newBuilder().setName("nobody-at-all").build();
    assertThat(
            grpc.call(DirectoryServiceGrpcClient.GetUser, unknown, RunningNode.OPERATOR).status())
        .isEqualTo(GrpcStatus.NOT_FOUND);
  }

  @Test
  void ofTwoCreationsWithTheSameAddressesAtOnceExactlyOneShouldWin() {
    for (int round = 0; round < 5; round++) {
      String one = People.newName();
      String other = People.newName();
      String email = People.newName() + "@example.com";
      String phone = "+1202555" + String.format("%04d", 1_000 + PHONES.incrementAndGet());

      List<GrpcStatus> statuses =
          atOnce(
              CreateUserRequest.newBuilder().setName(one).setEmail(email).setPhone(phone).build(),
              CreateUserRequest.newBuilder()
                  .setName(other)
                  .setPhone(phone)
                  .setEmail(email)
                  .build());

      assertThat(statuses).contains(GrpcStatus.OK);
      assertThat(statuses)
          .containsAnyOf(GrpcStatus.ALREADY_EXISTS, GrpcStatus.UNAVAILABLE)
          .doesNotContainSequence(GrpcStatus.OK, GrpcStatus.OK);
    }
  }

  private List<GrpcStatus> atOnce(CreateUserRequest... requests) {
    List<CompletableFuture<GrpcStatus>> calls = new ArrayList<>();
    for (CreateUserRequest request : requests) {
      calls.add(
          CompletableFuture.supplyAsync(
              () ->
                  grpc.call(DirectoryServiceGrpcClient.CreateUser, request, RunningNode.OPERATOR)
                      .status()));
    }
    return calls.stream().map(CompletableFuture::join).toList();
  }

  @Test
  void aRepeatedRequestShouldGiveTheSameUser() {
    CreateUserRequest request =
        CreateUserRequest.newBuilder()
            .setName(People.newName())
            .setRequestId(People.newName())
            .build();

    User first = create(request);

    assertThat(create(request)).isEqualTo(first);
    CreateUserRequest other = request.toBuilder().setName(People.newName()).build();
    assertThat(
            grpc.call(DirectoryServiceGrpcClient.CreateUser, other, RunningNode.OPERATOR).status())
        .isEqualTo(GrpcStatus.ALREADY_EXISTS);
  }

  @Test
  void theNodeShouldBeInTheRingAndLocateItsUsers() {
    Person alice = people.person();
    var locate = LocateRequest.newBuilder().setName(alice.name()).build();

    var place = grpc.call(DirectoryServiceGrpcClient.Locate, locate, alice.token()).only();
    var ring =
        grpc.call(
                AdminServiceGrpcClient.GetRing,
                GetRingRequest.getDefaultInstance(),
                RunningNode.OPERATOR)
            .only();

    assertThat(place.getCell()).isEqualTo("c1");
    assertThat(place.getNode()).isEqualTo("n1");
    assertThat(ring.getNodesList())
        .singleElement()
        .satisfies(
            self -> {
              assertThat(self.getState()).isEqualTo("UP");
              assertThat(self.getShare()).isCloseTo(1.0, within(1e-9));
              assertThat(self.getTokens()).isEqualTo(256);
              assertThat(self.getAddress()).startsWith("127.0.0.1:");
              assertThat(self.getAddress())
                  .as("other nodes have a port of their own")
                  .isNotEqualTo(node.faces().grpc().toString());
            });
  }

  @Test
  void theFacesFileShouldSayWhereItListens() throws Exception {
    assertThat(new JsonObject(Files.readString(folder.resolve("faces.json"))))
        .isEqualTo(
            new JsonObject()
                .put("smtp", node.faces().smtp().toString())
                .put("http", node.faces().http().toString())
                .put("grpc", node.faces().grpc().toString())
                .put("ops", node.faces().ops().toString()));
  }

  @Test
  void metricsShouldAddUp() throws Exception {
    Person alice = people.person();
    byte[] mail = mail("Subject: counted", "counted");
    send(alice, mail);
    send(alice, mail);

    assertThat(node.metric("tributary_smtp_duplicate_total")).isGreaterThanOrEqualTo(1);
    assertThat(node.metric("tributary_smtp_accepted_total"))
        .isGreaterThanOrEqualTo(2)
        .isEqualTo(
            node.metric("tributary_smtp_stored_total")
                + node.metric("tributary_smtp_duplicate_total")
                + node.metric("tributary_smtp_rejected_total")
                + node.metric("tributary_smtp_in_flight"));
    assertThat(node.metric("tributary_append_latency_seconds_count")).isPositive();
    assertThat(node.metric("tributary_hbase_calls_total")).isPositive();
    assertThat(node.ops("/metrics").body())
        .contains("tributary_mailbox_queue_depth", "jvm_memory_used_bytes");
  }

  @Test
  void everyComponentShouldBeReady() {
    JsonObject components = node.components();

    assertThat(components.fieldNames())
        .contains("zookeeper", "clock", "cluster", "hbase", "directory", "ring", "smtp", "grpc");
    components
        .fieldNames()
        .forEach(
            name ->
                assertThat(components.getJsonObject(name).getBoolean("ready")).as(name).isTrue());
  }

  private User create(CreateUserRequest request) {
    return grpc.call(DirectoryServiceGrpcClient.CreateUser, request, RunningNode.OPERATOR).only();
  }

  private String send(Person to, byte[] mail) throws IOException {
    try (RawSmtp smtp = node.smtp()) {
      return smtp.mail("carol@example.net", List.of(to.email()), mail);
    }
  }

  private static byte[] mail(String headers, String text) {
    String mail =
        "From: Carol <carol@example.net>\r\nTo: x@example.com\r\nDate: Mon, 23 Nov 2026 10:00:00 +0000\r\n"
            + headers
            + "\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
            + text
            + "\r\n";
    return mail.getBytes(StandardCharsets.UTF_8);
  }

  private ListMessagesResponse messages(Person person, Freshness freshness) {
    var request =
        ListMessagesRequest.newBuilder().setUser(person.name()).setFreshness(freshness).build();
    return grpc.call(MailboxServiceGrpcClient.ListMessages, request, person.token()).only();
  }

  private Message onlyMessage(Person person) {
    ListMessagesResponse found = messages(person, Freshness.COMMITTED);
    assertThat(found.getMessagesCount()).isEqualTo(1);
    return found.getMessages(0);
  }

  private byte[] raw(Person person, String id) throws IOException {
    var request = DownloadRawRequest.newBuilder().setUser(person.name()).setId(id).build();
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (DownloadRawResponse chunk :
        grpc.call(MailboxServiceGrpcClient.DownloadRaw, request, person.token()).messages()) {
      chunk.getData().writeTo(whole);
    }
    return whole.toByteArray();
  }
}
