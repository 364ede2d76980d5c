package io.tributary.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.server.chat.RawWebSocket;
import io.tributary.server.testing.GrpcCaller;
import io.tributary.server.testing.GrpcCaller.Answer;
import io.tributary.server.testing.NextVersion;
import io.tributary.server.testing.NodeProcess;
import io.tributary.server.testing.People;
import io.tributary.server.testing.People.Person;
import io.tributary.server.testing.RawSmtp;
import io.tributary.server.testing.RunningNode;
import io.tributary.store.testing.Await;
import io.tributary.store.testing.HBaseProcess;
import io.tributary.store.testing.SharedHBase;
import io.tributary.v1.Change;
import io.tributary.v1.DirectoryServiceGrpcClient;
import io.tributary.v1.ListMessagesRequest;
import io.tributary.v1.ListMessagesResponse;
import io.tributary.v1.LocateRequest;
import io.tributary.v1.MailboxServiceGrpcClient;
import io.tributary.v1.Message;
import io.tributary.v1.ModifyRequest;
import io.tributary.v1.SendRequest;
import io.vertx.grpc.common.GrpcStatus;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Today's version and the {@link NextVersion} in one ring, on a real HBase and ZooKeeper: a rolling
 * upgrade that is interrupted when the newer node leaves, and then goes on.
 */
@ExtendWith(SharedHBase.class)
class VersionsIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String TODAYS = "todays";
  private static final String NEXT = "next";

  @Test
  void whatTheNextVersionWroteShouldBeLeftToIt(HBaseProcess hbase, @TempDir Path folder)
      throws Exception {
    Path next = NextVersion.compiledIn(Files.createDirectory(folder.resolve("version")));
    Path nextFolder = Files.createDirectory(folder.resolve(NEXT));
    Path todaysFolder = Files.createDirectory(folder.resolve(TODAYS));
    try (RunningNode todays =
        RunningNode.start(hbase, todaysFolder, Map.of("TRIBUTARY_NODE_ID", TODAYS))) {
      GrpcCaller viaTodays = todays.grpc();
      People people = new People(viaTodays);
      Person plain = people.person();
      Phoned phoned;
      RawWebSocket chat;
      try (NodeProcess newer = NodeProcess.start(hbase, nextFolder, NEXT, next).awaitFaces()) {
        phoned = personOn(NEXT, people, viaTodays);
        Person touched = phoned.person();
        assertThat(mail(todays.smtp(), touched, "before")).startsWith("250");
        assertThat(mail(newer.smtp(), plain, "to plain")).startsWith("250");
        String thread = messages(viaTodays, touched).get(0).getThread();

        assertThat(flag(viaTodays, touched, thread).status())
            .as("led to the newer node")
            .isEqualTo(GrpcStatus.OK);

        assertThat(messages(viaTodays, touched)).extracting(Message::getSubject).hasSize(1);
        chat = session(todays, touched);
        newer.signal("TERM");
        assertThat(newer.exitCode()).as(newer.log()).isZero();
      }

      Person touched = phoned.person();
      String phone = phoned.phone();
      Await.until(SOON, "the mailbox is today's", () -> TODAYS.equals(nodeOf(touched, viaTodays)));
      assertThat(list(viaTodays, touched).status()).isEqualTo(GrpcStatus.UNAVAILABLE);
      assertThat(send(viaTodays, touched).status()).isEqualTo(GrpcStatus.UNAVAILABLE);
      assertThat(mail(todays.smtp(), touched, "while older")).startsWith("451");
      HttpResponse<String> webhook = todays.sms().message("+12025550177", phone, "text");
      assertThat(webhook.statusCode()).isEqualTo(503);
      assertThat(webhook.headers().firstValue("retry-after")).isPresent();
      chat.say(
          "{\"type\":\"send\",\"id\":\"c1\",\"to\":[\"chat:%s\"],\"text\":\"hi\"}"
              .formatted(plain.name()));
      assertThat(chat.readType("error")).contains("\"retry\":true");
      chat.close();
      assertThat(mail(todays.smtp(), plain, "goes on")).startsWith("250");
      assertThat(messages(viaTodays, plain)).hasSize(2);
      assertThat(todays.ops("/healthz/live").statusCode()).isEqualTo(200);

      try (NodeProcess upgraded =
          NodeProcess.start(hbase, again(folder), NEXT, next).awaitFaces()) {
        Await.until(SOON, "served again", () -> list(viaTodays, touched).status() == GrpcStatus.OK);
        assertThat(mail(todays.smtp(), touched, "while older")).startsWith("250");
        assertThat(mail(upgraded.smtp(), touched, "while older")).startsWith("250");
        assertThat(messages(viaTodays, touched))
            .extracting(Message::getSubject)
            .containsExactly("before", "while older");
        assertThat(messages(upgraded.grpc(), plain))
            .as("the newer node reads what today's wrote")
            .hasSize(2);
      }
    }
  }

  private static Path again(Path folder) throws IOException {
    return Files.createDirectory(folder.resolve("again"));
  }

  /** Whose mailbox is where, chance decides. */
  private static Phoned personOn(String node, People people, GrpcCaller via) {
    return Stream.generate(People::newPhone)
        .limit(200)
        .map(phone -> new Phoned(people.person(phone), phone))
        .filter(phoned -> nodeOf(phoned.person(), via).equals(node))
        .findFirst()
        .orElseThrow();
  }

  private record Phoned(Person person, String phone) {}

  private static String nodeOf(Person person, GrpcCaller via) {
    var locate = LocateRequest.newBuilder().setName(person.name()).build();
    return via.call(DirectoryServiceGrpcClient.Locate, locate, RunningNode.OPERATOR)
        .only()
        .getNode();
  }

  private static Answer<Change> flag(GrpcCaller via, Person person, String thread) {
    var request =
        ModifyRequest.newBuilder()
            .setUser(person.name())
            .setThread(thread)
            .addAddFlags("work")
            .build();
    return via.call(MailboxServiceGrpcClient.Modify, request, person.token());
  }

  private static Answer<ListMessagesResponse> list(GrpcCaller via, Person person) {
    var request = ListMessagesRequest.newBuilder().setUser(person.name()).build();
    return via.call(MailboxServiceGrpcClient.ListMessages, request, person.token());
  }

  private static List<Message> messages(GrpcCaller via, Person person) {
    return list(via, person).only().getMessagesList();
  }

  private static Answer<Message> send(GrpcCaller via, Person person) {
    var request =
        SendRequest.newBuilder()
            .setUser(person.name())
            .addTo("chat:" + person.name())
            .setText("to me")
            .setRequestId("r1")
            .build();
    return via.call(MailboxServiceGrpcClient.Send, request, person.token());
  }

  private static RawWebSocket session(RunningNode node, Person person) {
    RawWebSocket socket = RawWebSocket.connect(node.faces().http().port());
    socket.say("{\"type\":\"hello\",\"token\":\"%s\",\"device\":\"d\"}".formatted(person.token()));
    assertThat(socket.readType("welcome")).contains(person.name());
    return socket;
  }

  private static String mail(RawSmtp smtp, Person to, String subject) throws IOException {
    byte[] content =
        ("Subject: " + subject + "\r\nMessage-ID: <" + subject.hashCode() + "@x>\r\n\r\nhi\r\n")
            .getBytes(StandardCharsets.UTF_8);
    try (smtp) {
      return smtp.mail("somebody@example.net", List.of(to.email()), content);
    }
  }
}
