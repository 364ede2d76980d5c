package io.tributary.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.server.testing.GrpcCaller;
import io.tributary.server.testing.GrpcCaller.Answer;
import io.tributary.server.testing.People;
import io.tributary.server.testing.People.Person;
import io.tributary.server.testing.RunningNode;
import io.tributary.store.testing.Await;
import io.tributary.store.testing.HBaseProcess;
import io.tributary.store.testing.SharedHBase;
import io.tributary.v1.Channel;
import io.tributary.v1.GetMailboxRequest;
import io.tributary.v1.ListThreadsRequest;
import io.tributary.v1.Mailbox;
import io.tributary.v1.MailboxServiceGrpcClient;
import io.tributary.v1.Message;
import io.tributary.v1.RecipientStatus;
import io.tributary.v1.SendRequest;
import io.tributary.v1.Thread;
import io.vertx.grpc.common.GrpcStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Messages between users of one node, on a real HBase that is killed. */
@ExtendWith(SharedHBase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SendIT {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final RunningNode node;
  private final GrpcCaller grpc;
  private final People people;

  SendIT(HBaseProcess hbase, @TempDir Path folder) {
    node = RunningNode.start(hbase, folder, Map.of("TRIBUTARY_NODE_ID", "send"));
    grpc = node.grpc();
    people = new People(grpc);
  }

  @AfterAll
  void stop() {
    node.close();
  }

  @Test
  void aMessageShouldBeInBothMailboxesOnce() {
    Person alice = people.person();
    Person bob = people.person();

    Message sent = send(to(alice, "once", bob)).only();

    Message received = awaitOnly(bob);
    assertThat(received.getText()).isEqualTo("once");
    assertThat(received.getFrom()).isEqualTo("chat:" + alice.name());
    assertThat(received.getToList()).containsExactly("chat:" + bob.name());
    assertThat(received.getChannel()).isEqualTo(Channel.CHAT);
    assertThat(received.getVerified()).isTrue();
    assertThat(sent.getFrom()).isEqualTo("chat:" + alice.name());
    Await.until(SOON, "settled", () -> state(alice) == RecipientStatus.State.DELIVERED);
    assertThat(mailbox(alice).getOwed()).isZero();
    assertThat(people.messages(bob)).hasSize(1);
  }

  @Test
  void aRepetitionShouldAnswerTheSameAndOtherContentBeRefused() {
    Person alice = people.person();
    Person bob = people.person();
    SendRequest request = to(alice, "hello", bob).toBuilder().setRequestId("r1").build();

    Message first = send(request).only();

    assertThat(send(request).only().getId()).isEqualTo(first.getId());
    assertThat(send(request.toBuilder().setText("other").build()).status())
        .isEqualTo(GrpcStatus.ALREADY_EXISTS);
    SendRequest elsewhere = request.toBuilder().setDevice("phone").build();
    assertThat(send(elsewhere).only().getId()).isNotEqualTo(first.getId());
    Await.until(SOON, "both copies", () -> people.messages(bob).size() >= 2);
    assertThat(people.messages(bob)).hasSize(2);
  }

  @Test
  void aGroupShouldHaveOneThreadInEveryMailbox() {
    Person alice = people.person();
    Person bob = people.person();
    Person carol = people.person();
    send(to(alice, "one", bob, carol)).only();
    awaitOnly(bob);
    Message carols = awaitOnly(carol);

    SendRequest reply =
        SendRequest.newBuilder()
            .setUser(carol.name())
            .setThread(carols.getThread())
            .setText("two")
            .build();
    grpc.call(MailboxServiceGrpcClient.Send, reply, carol.token()).only();

    for (Person person : List.of(alice, bob, carol)) {
      Await.until(SOON, "both messages", () -> people.messages(person).size() == 2);
      assertThat(threads(person))
          .singleElement()
          .satisfies(thread -> assertThat(thread.getMessages()).isEqualTo(2));
    }
  }

  @Test
  void aMessageToSomebodyOutsideShouldStayOwed() {
    Person alice = people.person();
    SendRequest request =
        SendRequest.newBuilder()
            .setUser(alice.name())
            .addTo("zoe@example.net")
            .addTo("+12025550177")
            .setText("later")
            .build();

    grpc.call(MailboxServiceGrpcClient.Send, request, alice.token()).only();

    assertThat(people.messages(alice).get(0).getRecipientsList())
        .extracting(RecipientStatus::getAddress)
        .containsExactly("email:zoe@example.net", "sms:+12025550177");
    assertThat(mailbox(alice).getOwed()).isEqualTo(1);
  }

  @Test
  void aMessageToNobodyShouldBeRefusedByName() {
    Person alice = people.person();
    SendRequest request =
        SendRequest.newBuilder().setUser(alice.name()).addTo("nobody-here").setText("x").build();

    var refused = grpc.call(MailboxServiceGrpcClient.Send, request, alice.token());

    assertThat(refused.status()).isEqualTo(GrpcStatus.INVALID_ARGUMENT);
    assertThat(refused.statusMessage()).contains("chat:nobody-here");
    assertThat(people.messages(alice)).isEmpty();
  }

  @Test
  void hbaseKilledUnderSendersShouldLoseAndDoubleNothing(HBaseProcess hbase) throws Exception {
    Person alice = people.person();
    Person bob = people.person();
    List<String> sent = new ArrayList<>();
    for (int number = 0; number < 20; number++) {
      if (number == 7) {
        hbase.kill();
        hbase.start();
      }
      sendUntilDone(alice, bob, "n" + number);
      sent.add("n" + number);
    }

    Await.until(Duration.ofSeconds(60), "all copies", () -> people.messages(bob).size() >= 20);
    assertThat(people.messages(bob)).extracting(Message::getText).containsExactlyElementsOf(sent);
    assertThat(people.messages(alice)).extracting(Message::getText).containsExactlyElementsOf(sent);
    Await.until(Duration.ofSeconds(60), "settled", () -> mailbox(alice).getOwed() == 0);
  }

  /** As a client does that got no answer or "try again". */
  private void sendUntilDone(Person from, Person to, String text) {
    SendRequest request = to(from, text, to).toBuilder().setRequestId(text).build();
    Await.until(
        Duration.ofSeconds(90), text + " sent", () -> send(request).status() == GrpcStatus.OK);
  }

  private Answer<Message> send(SendRequest request) {
    return grpc.call(MailboxServiceGrpcClient.Send, request, RunningNode.OPERATOR);
  }

  private static SendRequest to(Person from, String text, Person... to) {
    SendRequest.Builder request = SendRequest.newBuilder().setUser(from.name()).setText(text);
    for (Person person : to) {
      request.addTo(person.name());
    }
    return request.build();
  }

  private Message awaitOnly(Person person) {
    Await.until(SOON, "a message", () -> !people.messages(person).isEmpty());
    assertThat(people.messages(person)).hasSize(1);
    return people.messages(person).get(0);
  }

  private RecipientStatus.State state(Person sender) {
    return people.messages(sender).get(0).getRecipients(0).getState();
  }

  private Mailbox mailbox(Person person) {
    var request = GetMailboxRequest.newBuilder().setUser(person.name()).build();
    return grpc.call(MailboxServiceGrpcClient.GetMailbox, request, person.token()).only();
  }

  private List<Thread> threads(Person person) {
    var request = ListThreadsRequest.newBuilder().setUser(person.name()).build();
    return grpc.call(MailboxServiceGrpcClient.ListThreads, request, person.token())
        .only()
        .getThreadsList();
  }
}
