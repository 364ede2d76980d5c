package io.tributary.server.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.server.testing.GrpcCaller;
import io.tributary.server.testing.GrpcCaller.Answer;
import io.tributary.server.testing.NodeProcess;
import io.tributary.server.testing.People;
import io.tributary.server.testing.People.Person;
import io.tributary.server.testing.RawSmtp;
import io.tributary.server.testing.RunningNode;
import io.tributary.server.testing.Wire;
import io.tributary.store.testing.Await;
import io.tributary.store.testing.HBaseProcess;
import io.tributary.store.testing.SharedHBase;
import io.tributary.v1.AdminServiceGrpcClient;
import io.tributary.v1.DirectoryServiceGrpcClient;
import io.tributary.v1.DrainNodeRequest;
import io.tributary.v1.Freshness;
import io.tributary.v1.ListMessagesRequest;
import io.tributary.v1.ListMessagesResponse;
import io.tributary.v1.ListNodesRequest;
import io.tributary.v1.LocateRequest;
import io.tributary.v1.MailboxServiceGrpcClient;
import io.tributary.v1.Message;
import io.tributary.v1.NodeStatus;
import io.vertx.grpc.common.GrpcStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nodes that do not know that others serve their mailboxes: paused, cut off from ZooKeeper; and
 * those that are told to go.
 */
@ExtendWith(SharedHBase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutOfTouchIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String STEADY = "steady";

  private final HBaseProcess hbase;
  private final Path folder;
  private final RunningNode steady;
  private final People people;

  OutOfTouchIT(HBaseProcess hbase, @TempDir Path folder) throws IOException {
    this.hbase = hbase;
    this.folder = folder;
    this.steady = RunningNode.start(hbase, of(STEADY), Map.of("TRIBUTARY_NODE_ID", STEADY));
    this.people = new People(steady.grpc());
  }

  private Path of(String node) throws IOException {
    return Files.createDirectory(folder.resolve(node));
  }

  @AfterAll
  void stop() {
    steady.close();
  }

  @Test
  void pausedNodeShouldDoNoHarmWhenItGoesOn() throws Exception {
    try (NodeProcess paused = NodeProcess.start(hbase, of("paused"), "paused").awaitFaces()) {
      Person person = personOn("paused");
      mail(paused.port("smtp"), person, "before");
      assertThat(subjects(paused.grpc(), person, Freshness.COMMITTED)).contains(List.of("before"));
      String life = life("paused");
      try (RawWebSocket chat = session(paused.port("http"), person)) {
        paused.signal("STOP");
        Await.until(SOON, "the other serves it", () -> STEADY.equals(nodeOf(person)));
        mail(steady.faces().smtp().port(), person, "meanwhile");

        paused.signal("CONT");
        Optional<List<String>> latest = subjects(paused.grpc(), person, Freshness.LATEST);
        latest.ifPresent(seen -> assertThat(seen).containsExactly("before", "meanwhile"));
        mail(paused.port("smtp"), person, "after");

        assertThat(chat.readType("bye")).contains("retryAfterMillis");
      }
      Await.until(
          SOON, "a new life", () -> !life("paused").isEmpty() && !life("paused").equals(life));
      Await.until(
          SOON,
          "both show the same",
          () ->
              subjects(paused.grpc(), person, Freshness.COMMITTED)
                  .equals(Optional.of(List.of("before", "meanwhile", "after"))));
      assertThat(subjects(steady.grpc(), person, Freshness.COMMITTED))
          .contains(List.of("before", "meanwhile", "after"));
      assertThat(paused.log()).contains("event=node.ownership is=LOST");
    }
  }

  @Test
  void nodeThatIsCutOffFromZooKeeperShouldShowNothingOld() throws Exception {
    Map<String, String> settings = Map.of("TRIBUTARY_NODE_ID", "cut");
    try (Wire wire = new Wire(hbase.zookeeper());
        RunningNode cut =
            RunningNode.start(
                hbase, of("cut"), with(settings, "TRIBUTARY_ZOOKEEPER_CONNECT", wire.address()))) {
      Person person = personOn("cut");
      mail(cut.faces().smtp().port(), person, "before");

      wire.cut();
      Await.until(SOON, "the other serves it", () -> STEADY.equals(nodeOf(person)));
      for (int n = 0; n < 3; n++) {
        mail(steady.faces().smtp().port(), person, "steady " + n);
        mail(cut.faces().smtp().port(), person, "cut " + n);
        assertThat(subjects(cut.grpc(), person, Freshness.LATEST).orElseThrow()).hasSize(3 + 3 * n);
        mail(steady.faces().smtp().port(), person, "more " + n);
        assertThat(subjects(cut.grpc(), person, Freshness.COMMITTED).orElse(List.of("more " + n)))
            .as("it knows that it is out of touch")
            .contains("more " + n);
      }

      wire.mend();
      Await.until(SOON, "back", () -> !life("cut").isEmpty());
      assertThat(subjects(steady.grpc(), person, Freshness.LATEST).orElseThrow())
          .doesNotHaveDuplicates()
          .hasSize(10);
    }
  }

  @Test
  void drainedProcessShouldEndWithNothingToComplainOf() throws Exception {
    try (NodeProcess leaving = NodeProcess.start(hbase, of("leaving"), "leaving").awaitFaces();
        RawSmtp idle = leaving.smtp()) {
      var request = DrainNodeRequest.newBuilder().setNode("leaving").build();
      assertThat(
              steady
                  .grpc()
                  .call(AdminServiceGrpcClient.DrainNode, request, RunningNode.OPERATOR)
                  .status())
          .isEqualTo(GrpcStatus.OK);

      assertThat(leaving.exitCode()).as(leaving.log()).isZero();
      assertThat(idle.reply()).startsWith("421");
      assertThat(leaving.log()).contains("event=node.stop_requested by=\"drain\"");
      assertThat(life("leaving")).isEmpty();
    }
  }

  @Test
  void secondNodeOfOneIdShouldNotStartAndSayWhoHasIt() throws Exception {
    try (NodeProcess second = NodeProcess.start(hbase, of("second"), STEADY)) {
      assertThat(second.exitCode()).isEqualTo(1);
      assertThat(second.log())
          .contains("node id 'steady' is held by another running node", life(STEADY));
    }
  }

  private static Map<String, String> with(Map<String, String> some, String key, String value) {
    Map<String, String> more = new HashMap<>(some);
    more.put(key, value);
    return more;
  }

  private Person personOn(String node) {
    return Stream.generate(people::person)
        .limit(200)
        .filter(person -> nodeOf(person).equals(node))
        .findFirst()
        .orElseThrow();
  }

  private String nodeOf(Person person) {
    var locate = LocateRequest.newBuilder().setName(person.name()).build();
    return steady
        .grpc()
        .call(DirectoryServiceGrpcClient.Locate, locate, RunningNode.OPERATOR)
        .only()
        .getNode();
  }

  /** Incarnation of a node that is in the ring; empty if it is not. */
  private String life(String node) {
    return steady
        .grpc()
        .call(
            AdminServiceGrpcClient.ListNodes,
            ListNodesRequest.getDefaultInstance(),
            RunningNode.OPERATOR)
        .only()
        .getNodesList()
        .stream()
        .filter(each -> each.getNode().equals(node))
        .map(NodeStatus::getIncarnation)
        .findFirst()
        .orElse("");
  }

  /** Empty if it can't be said now. */
  private static Optional<List<String>> subjects(
      GrpcCaller via, Person person, Freshness freshness) {
    var request =
        ListMessagesRequest.newBuilder()
            .setUser(person.name())
            .setFreshness(freshness)
            .setPageSize(100)
            .build();
    Answer<ListMessagesResponse> answer =
        via.call(MailboxServiceGrpcClient.ListMessages, request, person.token());
    return answer.status() == GrpcStatus.OK
        ? Optional.of(answer.only().getMessagesList().stream().map(Message::getSubject).toList())
        : Optional.empty();
  }

  private static RawWebSocket session(int port, Person person) {
    RawWebSocket socket = RawWebSocket.connect(port);
    socket.say("{\"type\":\"hello\",\"token\":\"%s\",\"device\":\"d\"}".formatted(person.token()));
    assertThat(socket.readType("welcome")).contains(person.name());
    return socket;
  }

  /** As a mail server does: again, until it is stored. */
  private static void mail(int port, Person to, String subject) {
    byte[] content =
        ("Subject: " + subject + "\r\nMessage-ID: <" + subject.hashCode() + "@x>\r\n\r\nhi\r\n")
            .getBytes(StandardCharsets.UTF_8);
    AtomicBoolean refusedForGood = new AtomicBoolean();
    Await.until(
        SOON,
        subject,
        () -> {
          try (RawSmtp client = RawSmtp.greeted(port)) {
            String reply = client.mail("somebody@example.net", List.of(to.email()), content);
            refusedForGood.compareAndSet(false, reply.startsWith("5"));
            return reply.startsWith("250");
          } catch (IOException | AssertionError notNow) {
            return false;
          }
        });
    assertThat(refusedForGood).isFalse();
  }
}
