package io.tributary.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.server.chat.RawWebSocket;
import io.tributary.server.testing.People;
import io.tributary.server.testing.People.Person;
import io.tributary.server.testing.RawSmtp;
import io.tributary.server.testing.RunningNode;
import io.tributary.server.testing.SmsSender;
import io.tributary.store.testing.Await;
import io.tributary.store.testing.HBaseProcess;
import io.tributary.store.testing.SharedHBase;
import io.tributary.store.testing.ZooKeeperFixture;
import io.tributary.v1.AdminServiceGrpcClient;
import io.tributary.v1.GetRingRequest;
import io.tributary.v1.ListMessagesRequest;
import io.tributary.v1.MailboxServiceGrpcClient;
import io.tributary.v1.Message;
import io.vertx.grpc.common.GrpcStatus;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** HBase and ZooKeeper go away and come back; the node stays. */
@ExtendWith(SharedHBase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutageIT {
  /** A lookup and a delivery, each with its own time-out, and a busy machine. */
  private static final Duration ANSWER_MAX = Duration.ofSeconds(20);

  private static final Duration RECOVERY_MAX = Duration.ofSeconds(5);

  private final RunningNode node;
  private final People people;

  OutageIT(HBaseProcess hbase, @TempDir Path folder) {
    node = RunningNode.start(hbase, folder, Map.of("TRIBUTARY_NODE_ID", "outage"));
    people = new People(node.grpc());
  }

  @AfterAll
  void stop() {
    node.close();
  }

  @Test
  void hbaseKilledShouldMeanTryAgainAndServiceSoonAfterItsReturn(HBaseProcess hbase)
      throws Exception {
    Person alice = people.person();
    assertThat(send(alice, 0)).startsWith("250");
    String phone = People.newPhone();
    Person bob = people.person(phone);
    SmsSender sms = node.sms();
    assertThat(sms.message("+12025550177", phone, "before").statusCode()).isEqualTo(204);
    String text = sms.form("SMoutage", "+12025550177", phone, "meanwhile");

    hbase.kill();
    CompletableFuture<HttpResponse<String>> webhook =
        CompletableFuture.supplyAsync(() -> sms.sendSafely("/sms/twilio/ACdemo", text));
    List<Integer> refused = new ArrayList<>();
    for (int number = 1; number <= 2; number++) {
      String reply = sendWithin(ANSWER_MAX, alice, number);
      assertThat(reply).startsWith("451");
      refused.add(number);
    }
    assertThat(lookupOfAStranger()).startsWith("451");
    assertThat(webhook.join().statusCode()).isEqualTo(503);
    assertThat(webhook.join().headers().firstValue("retry-after")).isPresent();
    assertThat(listed(alice)).isIn(GrpcStatus.OK, GrpcStatus.UNAVAILABLE);
    assertThat(node.components().getJsonObject("hbase").getBoolean("ready")).isFalse();
    assertThat(node.ops("/healthz/live").statusCode()).isEqualTo(200);

    hbase.start();
    awaitStored(alice, 100);
    for (int number : refused) {
      assertThat(send(alice, number)).startsWith("250");
    }

    assertThat(people.messages(alice))
        .extracting(Message::getSubject)
        .containsExactlyInAnyOrder("0", "1", "2", "100");
    assertThat(sms.send("/sms/twilio/ACdemo", text).statusCode()).isEqualTo(204);
    assertThat(sms.send("/sms/twilio/ACdemo", text).statusCode()).isEqualTo(204);
    assertThat(people.messages(bob))
        .extracting(Message::getText)
        .containsExactly("before", "meanwhile");
    node.awaitReady(Duration.ofSeconds(20));
  }

  @Test
  void zooKeeperRestartedShouldGoUnnoticedByMail(ZooKeeperFixture zookeeper) throws Exception {
    Person alice = people.person();
    assertThat(send(alice, 0)).startsWith("250");

    zookeeper.close();
    Await.until(
        Duration.ofSeconds(20),
        "ZooKeeper missed",
        () -> !node.components().getJsonObject("zookeeper").getBoolean("ready"));
    String meanwhile = sendWithin(ANSWER_MAX, alice, 1);
    assertThat(meanwhile.substring(0, 3)).isIn("250", "451");
    zookeeper.start();

    awaitStored(alice, 100);
    assertThat(send(alice, 1)).startsWith("250");
    assertThat(people.messages(alice))
        .extracting(Message::getSubject)
        .containsExactlyInAnyOrder("0", "1", "100");
    node.awaitReady(Duration.ofSeconds(30));
    Await.until(Duration.ofSeconds(30), "UP in the ring", this::isUp);
  }

  /** Without ZooKeeper nobody can take anything over. */
  @Test
  void sessionsShouldOutliveZooKeepersAbsenceForLongerThanItsOwn(ZooKeeperFixture zookeeper)
      throws Exception {
    Person alice = people.person();
    try (RawWebSocket chat = RawWebSocket.connect(node.faces().http().port())) {
      chat.say("{\"type\":\"hello\",\"token\":\"%s\",\"device\":\"d\"}".formatted(alice.token()));
      chat.readType("welcome");

      zookeeper.close();
      Await.until(Duration.ofSeconds(30), "the session is thought to be over", this::isOutOfTouch);
      assertThat(send(alice, 1)).startsWith("250");
      assertThat(nextMessage(chat)).contains("\"subject\":\"1\"");
      zookeeper.start();
      node.awaitReady(Duration.ofSeconds(30));
      Await.until(Duration.ofSeconds(30), "UP in the ring", this::isUp);

      awaitStored(alice, 2);
      assertThat(nextMessage(chat)).contains("\"subject\":\"2\"");
    }
  }

  private boolean isOutOfTouch() {
    return node.components()
        .getJsonObject("ring")
        .getString("why", "")
        .contains("longer than the session");
  }

  /** Fails if the session is told to go. */
  private static String nextMessage(RawWebSocket chat) {
    String text;
    do {
      text = chat.readUntil(RawWebSocket.TEXT).text();
      assertThat(text).doesNotContain("\"type\":\"bye\"");
    } while (!text.startsWith("{\"type\":\"message\""));
    return text;
  }

  private boolean isUp() {
    var ring =
        node.grpc()
            .call(
                AdminServiceGrpcClient.GetRing,
                GetRingRequest.getDefaultInstance(),
                RunningNode.OPERATOR);
    return ring.only().getNodesList().stream()
        .anyMatch(self -> self.getNode().equals("outage") && self.getState().equals("UP"));
  }

  /** Tries again and again, as a mail server would, only faster. */
  private void awaitStored(Person to, int number) {
    Await.until(
        RECOVERY_MAX,
        "mail stored again",
        () -> {
          try {
            return send(to, number).startsWith("250");
          } catch (IOException failed) {
            return false;
          }
        });
  }

  private String sendWithin(Duration atMost, Person to, int number) throws IOException {
    long began = System.nanoTime();
    String reply = send(to, number);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(atMost);
    return reply;
  }

  private String send(Person to, int number) throws IOException {
    String mail =
        "From: carol@example.net\r\nDate: Mon, 23 Nov 2026 10:00:00 +0000\r\nSubject: "
            + number
            + "\r\n\r\ntext\r\n";
    try (RawSmtp smtp = node.smtp()) {
      return smtp.mail(
          "carol@example.net", List.of(to.email()), mail.getBytes(StandardCharsets.US_ASCII));
    }
  }

  private String lookupOfAStranger() throws IOException {
    try (RawSmtp smtp = node.smtp()) {
      smtp.say("MAIL FROM:<carol@example.net>");
      smtp.expect("250");
      smtp.say("RCPT TO:<" + People.newName() + "@example.com>");
      return smtp.reply();
    }
  }

  private GrpcStatus listed(Person person) {
    var request = ListMessagesRequest.newBuilder().setUser(person.name()).build();
    return node.grpc()
        .call(MailboxServiceGrpcClient.ListMessages, request, person.token())
        .status();
  }
}
