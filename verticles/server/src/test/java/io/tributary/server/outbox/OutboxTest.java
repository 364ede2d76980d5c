package io.tributary.server.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.processors.BehaviorProcessor;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import io.tributary.channels.IntakeOutcome;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.identity.Incarnation;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.Author;
import io.tributary.codecs.message.Channel;
import io.tributary.codecs.message.Content;
import io.tributary.codecs.message.Delivery;
import io.tributary.codecs.message.Envelope;
import io.tributary.codecs.message.KnownPeople;
import io.tributary.codecs.message.Origin;
import io.tributary.codecs.message.Position;
import io.tributary.codecs.message.Recipient;
import io.tributary.discovery.directory.UserAccount;
import io.tributary.discovery.membership.Endpoint;
import io.tributary.discovery.membership.NodeInfo;
import io.tributary.discovery.membership.NodeState;
import io.tributary.discovery.ring.NodeTokens;
import io.tributary.discovery.ring.Ring;
import io.tributary.mailbox.MailboxLinks.Carried;
import io.tributary.mailbox.MailboxRef;
import io.tributary.server.eventloop.ByReferenceCodec;
import io.tributary.server.mailbox.MailboxRequest;
import io.tributary.server.testing.FakeDirectory;
import io.tributary.server.testing.Nodes;
import io.tributary.server.testing.Places;
import io.tributary.storage.InMemoryOwedMarkers;
import io.tributary.storage.LogId;
import io.tributary.storage.OwedMarkers;
import io.tributary.storage.StorageUnavailableException;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private final Vertx vertx = Vertx.vertx();
  private final FakeDirectory directory = new FakeDirectory();
  private final UserAccount alice = directory.put(1, "alice", 1);
  private final UserAccount bob = directory.put(2, "bob", 5);
  private final InMemoryOwedMarkers markers = new InMemoryOwedMarkers();
  private final List<Object> woken = new CopyOnWriteArrayList<>();
  private final List<Delivery> accepted = new ArrayList<>();
  private final TestScheduler scheduler = new TestScheduler();
  private boolean storageAway;
  private IntakeOutcome intake = new IntakeOutcome.Stored();

  @BeforeEach
  void mailboxes() {
    ByReferenceCodec.register(vertx.eventBus());
    vertx
        .eventBus()
        .<MailboxRequest<?>>localConsumer(
            "mailbox.0",
            message -> {
              woken.add(message.body());
              message.reply(true, ByReferenceCodec.options());
            });
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void everyMarkedMailboxOfThisNodeShouldBeWoken() {
    markers.mark(new LogId(alice.id(), 1), 3).blockingAwait();
    markers.mark(new LogId(bob.id(), 5), 3).blockingAwait();

    assertThat(scan("n1").scan().blockingAwait(10, TimeUnit.SECONDS)).isTrue();

    assertThat(woken)
        .containsExactlyInAnyOrder(
            new MailboxRequest.Wake(new MailboxRef(alice.id(), 1)),
            new MailboxRequest.Wake(new MailboxRef(bob.id(), 5)));
  }

  @Test
  void manyPagesOfMarkersShouldBeReadToTheEnd() {
    for (long id = 10; id < 1_210; id++) {
      directory.put(id, "user" + id, 1);
      markers.mark(new LogId(new UserId(id), 1), 3).blockingAwait();
    }

    assertThat(scan("n1").scan().blockingAwait(60, TimeUnit.SECONDS)).isTrue();

    assertThat(woken).hasSize(1_200).doesNotHaveDuplicates();
  }

  @Test
  void mailboxesOfOtherNodesAndGoneUsersShouldBeLeftAlone() {
    markers.mark(new LogId(alice.id(), 1), 3).blockingAwait();
    markers.mark(new LogId(new UserId(77), 1), 3).blockingAwait();

    assertThat(scan("n2").scan().blockingAwait(10, TimeUnit.SECONDS)).isTrue();
    directory.remove(alice);
    assertThat(scan("n1").scan().blockingAwait(10, TimeUnit.SECONDS)).isTrue();

    assertThat(woken).isEmpty();
  }

  @Test
  void aScanThatFailedShouldBeFollowedByTheNext() {
    directory.away(true);
    markers.mark(new LogId(alice.id(), 1), 3).blockingAwait();

    var scanning = scan("n1").start(scheduler, Duration.ofSeconds(30));
    assertThat(woken).isEmpty();
    directory.away(false);
    scheduler.advanceTimeBy(29, TimeUnit.SECONDS);
    assertThat(woken).isEmpty();
    scheduler.advanceTimeBy(1, TimeUnit.SECONDS);

    vertx.eventBus().request("mailbox.0", "after", ByReferenceCodec.options()).await();
    assertThat(woken).contains(new MailboxRequest.Wake(new MailboxRef(alice.id(), 1)));
    scanning.dispose();
  }

  @Test
  void mailboxesOfANodeThatHasGoneShouldBeWokenAtOnceAndNoOthers() {
    NodeInfo self = node("n1");
    NodeInfo other = node("n2");
    Ring both = new Ring(1, List.of(self, other));
    List<UserId> users = new ArrayList<>();
    for (long id = 100; id < 140; id++) {
      users.add(directory.put(id, "user" + id, 1).id());
      markers.mark(new LogId(new UserId(id), 1), 3).blockingAwait();
    }
    var rings = BehaviorProcessor.createDefault(both);
    var following = scan("n1").follow("n1", rings, scheduler);
    awaitBus();
    assertThat(woken).as("what it has from the start").hasSizeBetween(1, 39);
    woken.clear();

    rings.onNext(new Ring(2, List.of(self)));
    awaitBus();

    assertThat(woken)
        .containsExactlyInAnyOrderElementsOf(
            users.stream()
                .filter(user -> both.ownerOf(user).orElseThrow().equals(other))
                .map(user -> new MailboxRequest.Wake(new MailboxRef(user, 1)))
                .toList());
    woken.clear();
    rings.onNext(new Ring(3, List.of(self, node("n3"))));
    awaitBus();
    assertThat(woken).as("a node that joins gives nothing to others").isEmpty();
    following.dispose();
  }

  @Test
  void scanForAGoneNodeShouldBeRepeatedUntilStorageAnswers() {
    markers.mark(new LogId(alice.id(), 1), 3).blockingAwait();
    storageAway = true;
    var rings = BehaviorProcessor.createDefault(new Ring(1, List.of(node("n1"))));
    var following = scan("n1").follow("n1", rings, scheduler);
    scheduler.advanceTimeBy(5, TimeUnit.SECONDS);
    awaitBus();
    assertThat(woken).isEmpty();

    storageAway = false;
    scheduler.advanceTimeBy(1, TimeUnit.SECONDS);
    awaitBus();

    assertThat(woken).containsExactly(new MailboxRequest.Wake(new MailboxRef(alice.id(), 1)));
    following.dispose();
  }

  private void awaitBus() {
    for (int i = 0; i < 50; i++) {
      vertx.eventBus().request("mailbox.0", "after", ByReferenceCodec.options()).await();
    }
    woken.removeIf("after"::equals);
  }

  private static NodeInfo node(String id) {
    return new NodeInfo(
        id,
        NodeState.UP,
        NodeTokens.of(id, 64),
        new Endpoint("127.0.0.1", 1),
        new Incarnation(1, id.hashCode()));
  }

  @Test
  void aCopyShouldGoToWhereItsRecipientIsByNow() {
    assertThat(carry()).isEqualTo(new Carried.Delivered());

    assertThat(accepted.get(0).recipient())
        .isEqualTo(new Recipient(bob.id(), 5, Address.parse("chat:bob")));
  }

  @Test
  void outcomesShouldBeToldApart() {
    intake = new IntakeOutcome.Duplicate();
    assertThat(carry()).isEqualTo(new Carried.Delivered());
    intake = new IntakeOutcome.Retry("busy");
    assertThat(carry()).isEqualTo(new Carried.Retry("busy"));
    intake = new IntakeOutcome.NotMine();
    assertThat(carry()).isInstanceOf(Carried.Retry.class);
  }

  @Test
  void aGoneRecipientShouldFailAndAnAwayDirectoryShouldNot() {
    directory.away(true);
    assertThat(carry()).isInstanceOf(Carried.Retry.class);
    directory.away(false);
    directory.remove(bob);
    assertThat(carry()).isInstanceOf(Carried.Failed.class);
  }

  private Carried carry() {
    var carried = courier().carry(copy()).test();
    carried.assertNoValues(); // answered on the shard's thread only
    scheduler.triggerActions();
    return carried.awaitCount(1).values().get(0);
  }

  private CopyCourier courier() {
    return new CopyCourier(
        directory,
        delivery -> {
          accepted.add(delivery);
          return Single.just(intake);
        },
        scheduler);
  }

  private Delivery copy() {
    Address from = Address.parse("chat:alice");
    return new Delivery(
        new Recipient(bob.id(), 1, Address.parse("chat:bob")),
        Optional.empty(),
        Optional.of(new Origin(alice.id(), Position.of(2, 0))),
        new Envelope(
            Channel.CHAT,
            new Author(from, "", Author.Standing.VERIFIED),
            List.of(Address.parse("chat:bob")),
            "",
            1),
        Content.ofText("", "hi"),
        KnownPeople.NONE);
  }

  private OwedScan scan(String servingNode) {
    return new OwedScan(
        new SometimesAway(),
        directory,
        Nodes.alone(vertx, Places.on("c1", servingNode), Duration.ofSeconds(5)));
  }

  private final class SometimesAway implements OwedMarkers {
    @Override
    public Completable mark(LogId log, long entry) {
      return markers.mark(log, entry);
    }

    @Override
    public Completable clear(LogId log, long entry) {
      return markers.clear(log, entry);
    }

    @Override
    public Single<List<UserId>> list(Optional<UserId> after, int max) {
      return Single.defer(
          () ->
              storageAway
                  ? Single.error(StorageUnavailableException.notApplied("scripted"))
                  : markers.list(after, max));
    }
  }
}
