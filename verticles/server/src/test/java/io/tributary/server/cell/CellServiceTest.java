package io.tributary.server.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.reactivex.rxjava3.core.Completable;
import io.tributary.cell.v1.AskRequest;
import io.tributary.cell.v1.AskResponse;
import io.tributary.cell.v1.OpenLogRequest;
import io.tributary.cell.v1.OpenLogResponse;
import io.tributary.cell.v1.RefusalValue.Kind;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.identity.Incarnation;
import io.tributary.codecs.identity.Stamp;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.log.Action;
import io.tributary.codecs.log.Entry;
import io.tributary.codecs.log.EntryCodec;
import io.tributary.codecs.log.RecordedAction;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.Position;
import io.tributary.discovery.membership.Endpoint;
import io.tributary.discovery.membership.NodeInfo;
import io.tributary.discovery.membership.NodeState;
import io.tributary.discovery.placement.Location;
import io.tributary.mailbox.MailboxRef;
import io.tributary.mailbox.ReadOutcome;
import io.tributary.server.eventloop.ByReferenceCodec;
import io.tributary.server.grpc.CallLog;
import io.tributary.server.grpc.CellApi;
import io.tributary.server.grpc.GrpcVerticle;
import io.tributary.server.mailbox.MailboxBus;
import io.tributary.server.mailbox.MailboxRequest;
import io.tributary.server.node.NodeEncryption;
import io.tributary.server.testing.TestCertificate;
import io.tributary.storage.InMemoryActionLog;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes of one cell, each with a Vert.x of its own, that ask each other over loopback. */
class CellServiceTest {
  private static final UserId ALICE = new UserId(1);
  private static final MailboxRequest.Raw QUESTION =
      new MailboxRequest.Raw(new MailboxRef(ALICE, 1), new MessageId(ALICE, Position.of(2, 0)));

  @TempDir private Path folder = Path.of("");
  private final List<Peer> peers = new ArrayList<>();

  @AfterEach
  void close() {
    peers.forEach(peer -> peer.vertx.close().await());
  }

  @Test
  void aMailboxOfAnotherNodeShouldAnswer() {
    Peer n1 = peer("n1");
    Peer n2 = peer("n2").serving("from n2");
    all(1, n2);

    assertThat(n1.ask()).isEqualTo("from n2");
    assertThat(n2.ask()).isEqualTo("from n2");
  }

  @Test
  void aQuestionForAThirdNodeShouldBeLedOnOnce() {
    Peer n1 = peer("n1");
    Peer n2 = peer("n2");
    Peer n3 = peer("n3").serving("from n3");
    n1.knows(1, n2);
    n2.knows(2, n3);
    n3.knows(2, n3);

    assertThat(n1.ask()).isEqualTo("from n3");
    assertThat(n1.refreshes).hasValue(0);
  }

  @Test
  void aQuestionShouldNotBeLedInCircles() {
    Peer n1 = peer("n1");
    Peer n2 = peer("n2");
    Peer n3 = peer("n3");
    n1.knows(1, n2);
    n2.knows(1, n3);
    n3.knows(1, n2);

    assertThatThrownBy(n1::ask)
        .isInstanceOf(NotNowException.class)
        .hasMessage("the mailbox is changing its node");
  }

  @Test
  void whoeverIsToldOfANewerRingShouldReadItAndAskOnce() {
    Peer n1 = peer("n1");
    Peer n2 = peer("n2");
    Peer n3 = peer("n3");
    Peer n4 = peer("n4").serving("from n4");
    n1.knows(1, n2);
    n2.knows(1, n3);
    n3.knows(9, n4);
    n4.knows(9, n4);
    n1.learns(9, n4);

    assertThat(n1.ask()).isEqualTo("from n4");
    assertThat(n1.refreshes).hasValue(1);
  }

  @Test
  void aNodeThatIsAskedByANewerRingShouldReadItFirst() {
    Peer n1 = peer("n1");
    Peer n2 = peer("n2").serving("from n2");
    n1.knows(5, n2);
    n2.knows(4, n1);
    n2.learns(5, n2);

    assertThat(n1.ask()).isEqualTo("from n2");
    assertThat(n2.refreshes).hasValue(1);
  }

  @Test
  void whoeverGoesByAnOldSlotTableShouldReadItAndAskOnce() {
    Peer n1 = peer("n1");
    Peer n2 = peer("n2");
    Peer n3 = peer("n3");
    Peer n4 = peer("n4").serving("from n4");
    n1.knows(9, n2);
    n2.knows(9, n3);
    n3.moved(2, 1, n4);
    n4.moved(2, 1, n4);
    n1.news = () -> n1.moved(2, 1, n4);

    assertThat(n1.ask()).isEqualTo("from n4");
    assertThat(n1.refreshes).hasValue(1);
  }

  @Test
  void aNodeWithAnOldSlotTableThatIsAskedByANewerOneShouldReadItFirst() {
    Peer n1 = peer("n1");
    Peer n2 = peer("n2").serving("from n2");
    n1.moved(5, 1, n2);
    n2.knows(7, n1);
    n2.news = () -> n2.moved(5, 1, n2);

    assertThat(n1.ask()).isEqualTo("from n2");
    assertThat(n2.refreshes).hasValue(1);
  }

  @Test
  void nobodyShouldWriteAnotherCellsFirstEntryOrAnythingElse() {
    Peer n1 = peer("n1");
    byte[] foreign = opened("c2");
    OpenLogRequest ofAnotherCell =
        OpenLogRequest.newBuilder()
            .setUser(1)
            .setGeneration(1)
            .setEntry(ByteString.copyFrom(foreign))
            .build();
    OpenLogRequest rubbish =
        ofAnotherCell.toBuilder().setEntry(ByteString.copyFromUtf8("rubbish")).build();
    OpenLogRequest otherGeneration =
        ofAnotherCell.toBuilder()
            .setGeneration(2)
            .setEntry(ByteString.copyFrom(opened("c1")))
            .build();
    for (OpenLogRequest each : List.of(ofAnotherCell, rubbish, otherGeneration)) {
      OpenLogResponse answer = n1.client.openLog(n1.info().grpc(), each).blockingGet();
      assertThat(answer.getOutcome()).isEqualTo(OpenLogResponse.Outcome.NOT_APPLIED);
    }
    OpenLogRequest good = otherGeneration.toBuilder().setGeneration(1).build();
    assertThat(n1.client.openLog(n1.info().grpc(), good).blockingGet().getOutcome())
        .isEqualTo(OpenLogResponse.Outcome.APPENDED);
    assertThat(n1.client.openLog(n1.info().grpc(), good).blockingGet().getOutcome())
        .isEqualTo(OpenLogResponse.Outcome.APPENDED);
  }

  private static byte[] opened(String cell) {
    Action opened =
        new Action.Opened(1, cell, "alice", List.of(Address.parse("email:alice@example.com")));
    RecordedAction recorded = new RecordedAction(1, Optional.empty(), opened, Optional.empty());
    return EntryCodec.encode(new Entry(new Stamp(new Incarnation(1, 2), 3), List.of(recorded)));
  }

  @Test
  void aNodeThatIsGoneOrSilentShouldBeAnsweredForInTime() throws IOException {
    Peer n1 = peer("n1");
    Peer gone = peer("n2");
    int port = gone.info().grpc().port();
    gone.vertx.close().await();
    n1.knows(1, gone);
    assertThatThrownBy(n1::ask).isInstanceOf(NotNowException.class);

    try (ServerSocket silent = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThat(silent.isBound()).isTrue();
      assertThatThrownBy(n1::ask)
          .isInstanceOf(NotNowException.class)
          .hasMessage("the mailbox's node does not answer");
    }
  }

  @Test
  void aMailboxThatDoesNotAnswerShouldBeRetried() {
    Peer n1 = peer("n1");
    Peer n2 = peer("n2");
    all(1, n2);

    assertThat(n1.outcome()).isEqualTo(new ReadOutcome.Retry<>("the mailbox does not answer"));
  }

  @Test
  void aQuestionOfANewerVersionShouldBeRetried() {
    Peer n1 = peer("n1");
    AskRequest unknown = AskRequest.newBuilder().setUser(1).setGeneration(1).build();

    AskResponse answer = n1.client.ask(n1.info().grpc(), unknown).blockingGet();

    assertThat(answer.getRefusal().getKind()).isEqualTo(Kind.RETRY);
  }

  @Test
  void anAnswerOfManyMegabytesShouldCome() {
    Peer n1 = peer("n1");
    String large = "x".repeat(13 << 20);
    all(1, peer("n2").serving(large));

    assertThat(n1.ask()).isEqualTo(large);
  }

  @Test
  void onlyNodesWithACertificateOfTheirIssuerShouldBeHeard() throws Exception {
    TestCertificate nodes = certificate("nodes");
    TestCertificate stranger = certificate("stranger");
    Peer n2 = peer("n2", NodeEncryption.of(nodes, nodes)).serving("from n2");
    n2.knows(1, n2);
    List<Peer> strangers =
        List.of(
            peer("n3"),
            peer("n4", NodeEncryption.trustingOnly(nodes)),
            peer("n5", NodeEncryption.of(stranger, nodes)));
    Peer n1 = peer("n1", NodeEncryption.of(nodes, nodes));
    Peer fooled = peer("n6", NodeEncryption.of(nodes, stranger));
    n1.knows(1, n2);
    fooled.knows(1, n2);

    assertThat(n1.ask()).isEqualTo("from n2");
    assertThatThrownBy(fooled::ask).isInstanceOf(NotNowException.class);
    for (Peer each : strangers) {
      each.knows(1, n2);
      assertThatThrownBy(each::ask).as(each.name).isInstanceOf(NotNowException.class);
    }
  }

  private TestCertificate certificate(String name) throws Exception {
    return TestCertificate.in(Files.createDirectory(folder.resolve(name)));
  }

  private Peer peer(String name) {
    return peer(name, new NodeEncryption(new HttpServerOptions(), new HttpClientOptions()));
  }

  private Peer peer(String name, NodeEncryption encryption) {
    Peer peer = new Peer(name, encryption);
    peers.add(peer);
    return peer;
  }

  private void all(long ringVersion, Peer owner) {
    peers.forEach(peer -> peer.knows(ringVersion, owner));
  }

  /** One node. */
  private static final class Peer {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(1);

    private final String name;
    private final Vertx vertx = Vertx.vertx();
    private final MailboxBus bus = new MailboxBus(vertx.eventBus(), 1, Duration.ofMillis(200));
    private final Interest interest = new Interest(InstantSource.system());
    private final AtomicInteger refreshes = new AtomicInteger();
    private final CellClient client;
    private final Mailboxes mailboxes;
    private final int port;
    private volatile Optional<NodeInfo> owner = Optional.empty();
    private volatile long ringVersion;
    private volatile long tableVersion = 1;
    private volatile Runnable news = () -> {};

    Peer(String name, NodeEncryption encryption) {
      this.name = name;
      ByReferenceCodec.register(vertx.eventBus());
      client = new CellClient(vertx, encryption.client(), ANSWER_MAX);
      Routes own =
          new Routes(
              this::locate, CellStates.WELL, new Routes.Self("c1", new Routes.NodeName(name)));
      mailboxes = new Mailboxes(own, bus, client, this::refresh, new OwnAddress());
      CellService service =
          new CellService(
              own,
              bus,
              client,
              this::refresh,
              interest,
              new CellService.Local(
                  Optional.of(new InMemoryActionLog()), CellStates.WELL, news -> {}));
      GrpcVerticle face =
          new GrpcVerticle(
              new GrpcVerticle.Listen("127.0.0.1", 0, Duration.ZERO, encryption.server()),
              new GrpcVerticle.Offer(
                  List.of(
                      CellApi.service(
                          service,
                          new CallLog(new SimpleMeterRegistry(), new SplittableRandom(1)))),
                  CellService.MESSAGE_BYTES_MAX),
              () -> true,
              () -> {});
      vertx.deployVerticle(face).await();
      port = face.boundPort();
    }

    Peer serving(String text) {
      ReadOutcome<Bytes> found = new ReadOutcome.Found<>(Bytes.ofUtf8(text));
      vertx
          .eventBus()
          .consumer("mailbox.0", message -> message.reply(found, ByReferenceCodec.options()));
      return this;
    }

    NodeInfo info() {
      return new NodeInfo(
          name, NodeState.UP, List.of(1L), new Endpoint("127.0.0.1", port), new Incarnation(1, 1));
    }

    void knows(long version, Peer ownedBy) {
      owner = Optional.of(ownedBy.info());
      ringVersion = version;
    }

    /** By another slot table the mailbox lies where rings count on their own. */
    void moved(long table, long version, Peer ownedBy) {
      knows(version, ownedBy);
      tableVersion = table;
    }

    /** What it finds when it reads the ring anew. */
    void learns(long version, Peer ownedBy) {
      news = () -> knows(version, ownedBy);
    }

    private Completable refresh(String cell) {
      return Completable.fromAction(
          () -> {
            refreshes.incrementAndGet();
            news.run();
          });
    }

    private Location locate(UserId user) {
      return new Location(
          user.slot(), "c1", tableVersion, Location.Reason.SLOT_TABLE, owner, ringVersion);
    }

    ReadOutcome<Bytes> outcome() {
      return mailboxes.ask(ALICE, QUESTION).blockingGet();
    }

    String ask() {
      Bytes found = ((ReadOutcome.Found<Bytes>) outcome()).value();
      return new String(found.unsafeArray(), StandardCharsets.UTF_8);
    }
  }
}
