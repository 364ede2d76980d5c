package io.tributary.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.server.testing.GrpcCaller.Answer;
import io.tributary.server.testing.People;
import io.tributary.server.testing.People.Person;
import io.tributary.server.testing.RawSmtp;
import io.tributary.server.testing.RunningNode;
import io.tributary.store.testing.Await;
import io.tributary.store.testing.HBaseProcess;
import io.tributary.store.testing.SharedHBase;
import io.tributary.v1.AdminServiceGrpcClient;
import io.tributary.v1.DirectoryServiceGrpcClient;
import io.tributary.v1.DrainNodeRequest;
import io.tributary.v1.DrainNodeResponse;
import io.tributary.v1.ListNodesRequest;
import io.tributary.v1.LocateRequest;
import io.tributary.v1.Message;
import io.tributary.v1.NodeStatus;
import io.vertx.grpc.common.GrpcStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A node that leaves while mail comes, on a real HBase and ZooKeeper. */
@ExtendWith(SharedHBase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DrainIT {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final HBaseProcess hbase;
  private final Path folder;
  private final RunningNode staying;
  private final People people;

  DrainIT(HBaseProcess hbase, @TempDir Path folder) throws IOException {
    this.hbase = hbase;
    this.folder = folder;
    this.staying = start("drain-1");
    this.people = new People(staying.grpc());
  }

  private RunningNode start(String id) throws IOException {
    return RunningNode.start(
        hbase, Files.createDirectory(folder.resolve(id)), Map.of("TRIBUTARY_NODE_ID", id));
  }

  @AfterAll
  void stop() {
    staying.close();
  }

  @Test
  void nodeShouldLeaveUnderLoadWithoutAnybodyBeingRefusedForGood() throws Exception {
    RunningNode leaving = start("drain-2");
    List<Person> persons =
        Stream.generate(people::person)
            .filter(person -> nodeOf(person).equals("drain-2"))
            .limit(3)
            .toList();
    AtomicBoolean over = new AtomicBoolean();
    CompletableFuture<List<String>> mails =
        CompletableFuture.supplyAsync(() -> sendUntil(over, persons));

    DrainNodeResponse told = drain("drain-2").only();
    assertThat(told.getAsked()).isFalse();
    leaving.awaitDrained(SOON);
    leaving.close();
    Await.until(SOON, "it has left", () -> nodes().equals(List.of("drain-1")));
    over.set(true);

    List<String> stored = mails.join();
    List<String> found = new ArrayList<>();
    for (Person person : persons) {
      assertThat(nodeOf(person)).isEqualTo("drain-1");
      people.messages(person).stream().map(Message::getSubject).forEach(found::add);
    }
    assertThat(stored).hasSizeGreaterThan(3);
    assertThat(found).containsExactlyInAnyOrderElementsOf(stored);
  }

  @Test
  void nodeShouldSayHowItIsDoing() {
    Await.until(
        SOON,
        "its load",
        () -> listed().stream().anyMatch(node -> node.getLoad().getHeapMaxBytes() > 0));
  }

  @Test
  void onlyNodeShouldNotBeDrained() {
    Await.until(SOON, "alone", () -> nodes().equals(List.of("drain-1")));

    assertThat(drain("").status()).isEqualTo(GrpcStatus.FAILED_PRECONDITION);
    assertThat(drain("nobody").status()).isEqualTo(GrpcStatus.NOT_FOUND);
  }

  /** Mail by mail, each until it is stored; the subjects. */
  private List<String> sendUntil(AtomicBoolean over, List<Person> persons) {
    List<String> subjects = new ArrayList<>();
    for (int number = 0; !over.get() || number % persons.size() != 0; number++) {
      String subject = "mail " + number;
      Person to = persons.get(number % persons.size());
      Await.until(SOON, subject, () -> isStored(to, subject));
      subjects.add(subject);
    }
    return subjects;
  }

  private boolean isStored(Person to, String subject) {
    try (RawSmtp client = staying.smtp()) {
      for (String line :
          List.of("MAIL FROM:<somebody@example.net>", "RCPT TO:<" + to.email() + ">", "DATA")) {
        client.say(line);
        if (!isDone(client.reply())) {
          return false;
        }
      }
      client.say(
          "Subject: " + subject + "\r\nMessage-ID: <" + subject.hashCode() + "@x>\r\n\r\nhi\r\n.");
      return isDone(client.reply());
    } catch (IOException broken) {
      return false;
    }
  }

  private static boolean isDone(String reply) {
    assertThat(reply).doesNotStartWith("5");
    return reply.startsWith("2") || reply.startsWith("3");
  }

  private Answer<DrainNodeResponse> drain(String node) {
    DrainNodeRequest request = DrainNodeRequest.newBuilder().setNode(node).build();
    return staying.grpc().call(AdminServiceGrpcClient.DrainNode, request, RunningNode.OPERATOR);
  }

  private List<NodeStatus> listed() {
    return staying
        .grpc()
        .call(
            AdminServiceGrpcClient.ListNodes,
            ListNodesRequest.getDefaultInstance(),
            RunningNode.OPERATOR)
        .only()
        .getNodesList();
  }

  private List<String> nodes() {
    return listed().stream().map(NodeStatus::getNode).toList();
  }

  private String nodeOf(Person person) {
    var locate = LocateRequest.newBuilder().setName(person.name()).build();
    return staying
        .grpc()
        .call(DirectoryServiceGrpcClient.Locate, locate, RunningNode.OPERATOR)
        .only()
        .getNode();
  }
}
