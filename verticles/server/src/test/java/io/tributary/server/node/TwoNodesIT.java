package io.tributary.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.server.testing.GrpcCaller;
import io.tributary.server.testing.GrpcCaller.Answer;
import io.tributary.server.testing.People;
import io.tributary.server.testing.People.Person;
import io.tributary.server.testing.RawSmtp;
import io.tributary.server.testing.RunningNode;
import io.tributary.server.testing.TestCertificate;
import io.tributary.store.testing.Await;
import io.tributary.store.testing.HBaseProcess;
import io.tributary.store.testing.SharedHBase;
import io.tributary.v1.DirectoryServiceGrpcClient;
import io.tributary.v1.ListMessagesRequest;
import io.tributary.v1.ListMessagesResponse;
import io.tributary.v1.LocateRequest;
import io.tributary.v1.MailboxServiceGrpcClient;
import io.tributary.v1.Message;
import io.tributary.v1.SendRequest;
import io.vertx.grpc.common.GrpcStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes that share a cell's mailboxes and speak mutual TLS, on a real HBase and ZooKeeper. */
@ExtendWith(SharedHBase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoNodesIT {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String ONE = "pair-1";
  private static final String OTHER = "pair-2";

  private final RunningNode one;
  private final RunningNode other;
  private final GrpcCaller viaOne;
  private final GrpcCaller viaOther;
  private final People people;
  private final People peopleViaOther;

  TwoNodesIT(HBaseProcess hbase, @TempDir Path folder) throws Exception {
    TestCertificate nodes = TestCertificate.in(Files.createDirectory(folder.resolve("tls")));
    one = start(hbase, folder, ONE, nodes);
    other = start(hbase, folder, OTHER, nodes);
    viaOne = one.grpc();
    viaOther = other.grpc();
    people = new People(viaOne);
    peopleViaOther = new People(viaOther);
  }

  private static RunningNode start(
      HBaseProcess hbase, Path folder, String id, TestCertificate nodes) throws IOException {
    return RunningNode.start(
        hbase,
        Files.createDirectory(folder.resolve(id)),
        Map.of(
            "TRIBUTARY_NODE_ID", id,
            "TRIBUTARY_CELL_CERTIFICATEFILE", nodes.certificate().toString(),
            "TRIBUTARY_CELL_KEYFILE", nodes.key().toString(),
            "TRIBUTARY_CELL_TRUSTFILE", nodes.certificate().toString()));
  }

  @AfterAll
  void stop() {
    one.close();
    other.close();
  }

  /** A person whose mailbox this node serves; whose is where, chance decides. */
  private Person personOn(String node) {
    return Stream.generate(people::person)
        .limit(200)
        .filter(person -> nodeOf(person).equals(node))
        .findFirst()
        .orElseThrow();
  }

  private String nodeOf(Person person) {
    var locate = LocateRequest.newBuilder().setName(person.name()).build();
    return viaOne
        .call(DirectoryServiceGrpcClient.Locate, locate, RunningNode.OPERATOR)
        .only()
        .getNode();
  }

  @Test
  void anyNodeShouldTakeMailAndShowTheMailboxesOfAll() throws IOException {
    List<Person> persons = List.of(personOn(ONE), personOn(OTHER));

    for (Person person : persons) {
      mail(one, person, "through one");
      mail(other, person, "through the other");
    }

    for (Person person : persons) {
      assertThat(people.messages(person))
          .extracting(Message::getSubject)
          .containsExactlyInAnyOrder("through one", "through the other");
      assertThat(peopleViaOther.messages(person)).isEqualTo(people.messages(person));
    }
  }

  @Test
  void aMessageShouldReachUsersOfBothNodesOnceWhoeverIsAsked() {
    Person alice = personOn(ONE);
    Person bob = personOn(OTHER);
    SendRequest request =
        SendRequest.newBuilder()
            .setUser(alice.name())
            .addTo("chat:" + bob.name())
            .setText("across")
            .setRequestId("r1")
            .build();

    Answer<Message> first = viaOther.call(MailboxServiceGrpcClient.Send, request, alice.token());
    Answer<Message> again = viaOne.call(MailboxServiceGrpcClient.Send, request, alice.token());

    assertThat(again.only().getId()).isEqualTo(first.only().getId());
    Await.until(SOON, "the copy", () -> !people.messages(bob).isEmpty());
    assertThat(peopleViaOther.messages(bob))
        .singleElement()
        .satisfies(copy -> assertThat(copy.getText()).isEqualTo("across"));
  }

  @Test
  void aNodeThatLeavesShouldLeaveItsMailboxesToTheOther(HBaseProcess hbase, @TempDir Path folder)
      throws Exception {
    TestCertificate nodes = TestCertificate.in(Files.createDirectory(folder.resolve("own")));
    Person moved;
    try (RunningNode third = start(hbase, folder, "pair-3", nodes)) {
      assertThat(third.faces()).isNotNull();
      moved = personOn("pair-3");
      // Its certificate has another issuer: the others can't ask it, and say so to be asked again.
      assertThat(list(moved).status()).isEqualTo(GrpcStatus.UNAVAILABLE);
    }

    Await.until(SOON, "somebody else serves it", () -> list(moved).status() == GrpcStatus.OK);
    mail(one, moved, "after");
    assertThat(people.messages(moved)).hasSize(1);
  }

  private Answer<ListMessagesResponse> list(Person person) {
    var request = ListMessagesRequest.newBuilder().setUser(person.name()).build();
    return viaOne.call(MailboxServiceGrpcClient.ListMessages, request, person.token());
  }

  private static void mail(RunningNode through, Person to, String subject) throws IOException {
    try (RawSmtp client = through.smtp()) {
      client.say("MAIL FROM:<somebody@example.net>");
      client.expect("250");
      client.say("RCPT TO:<" + to.email() + ">");
      client.expect("250");
      client.say("DATA");
      client.expect("354");
      client.say(
          "Subject: "
              + subject
              + "\r\nMessage-ID: <"
              + subject.hashCode()
              + to.name()
              + "@x>\r\n\r\nhi\r\n.");
      client.expect("250");
    }
  }
}
