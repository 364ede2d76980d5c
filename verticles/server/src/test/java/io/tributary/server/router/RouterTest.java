package io.tributary.server.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.reactivex.rxjava3.core.Single;
import io.tributary.channels.IntakeOutcome;
import io.tributary.channels.LookupOutcome;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.Author;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.Channel;
import io.tributary.codecs.message.Content;
import io.tributary.codecs.message.Delivery;
import io.tributary.codecs.message.Envelope;
import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.Position;
import io.tributary.codecs.message.Recipient;
import io.tributary.codecs.message.References;
import io.tributary.discovery.directory.UserAccount;
import io.tributary.discovery.placement.CellLocator;
import io.tributary.mailbox.DeliverOutcome;
import io.tributary.server.eventloop.ByReferenceCodec;
import io.tributary.server.mailbox.MailboxRequest;
import io.tributary.server.router.Credits.Allowance;
import io.tributary.server.testing.FakeDirectory;
import io.tributary.server.testing.Nodes;
import io.tributary.server.testing.Places;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RouterTest {
  private static final Address ALICE = Address.parse("email:alice@example.com");

  private final Vertx vertx = Vertx.vertx();
  private final FakeDirectory directory = new FakeDirectory();
  private final UserAccount alice = directory.put(1, "alice", 1);
  private final Credits credits = new Credits(new Allowance(2, 10));
  private final Deque<DeliverOutcome> outcomes = new ArrayDeque<>();
  private final List<Message<MailboxRequest<?>>> asked = new CopyOnWriteArrayList<>();
  private final Router testee = router(Places.on("c1", "n1"));

  @BeforeEach
  void mailbox() {
    ByReferenceCodec.register(vertx.eventBus());
    vertx.eventBus().<MailboxRequest<?>>localConsumer("mailbox.0", this::answer);
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void aKnownAddressShouldGiveItsRecipient() {
    assertThat(lookup(ALICE))
        .isEqualTo(new LookupOutcome.Known(new Recipient(alice.id(), 1, ALICE)));
  }

  @Test
  void anUnknownAddressShouldBeUnknown() {
    assertThat(lookup(Address.parse("email:nobody@example.com")))
        .isEqualTo(new LookupOutcome.Unknown());
  }

  @Test
  void aLookupShouldBeRetriedWhileTheDirectoryIsAway() {
    directory.away(true);

    assertThat(lookup(ALICE)).isInstanceOf(LookupOutcome.Retry.class);
  }

  @Test
  void mailForAMailboxThatCanNotBeReachedShouldBeRetried() {
    assertThat(accept(router(Places.on("c1", "n2")), 1))
        .isEqualTo(new IntakeOutcome.Retry("the mailbox's node does not answer"));
    assertThat(router(Places.nowhere("c2")).lookup(ALICE).blockingGet())
        .isInstanceOf(LookupOutcome.Retry.class);
    assertThat(accept(router(Places.nowhere("c2")), 1)).isInstanceOf(IntakeOutcome.Retry.class);
    assertThat(accept(router(Places.nowhere("c1")), 1)).isInstanceOf(IntakeOutcome.Retry.class);
    assertThat(asked).isEmpty();
  }

  @Test
  void outcomesOfTheMailboxShouldBePassedOn() {
    outcomes.add(stored());
    outcomes.add(new DeliverOutcome.Duplicate(id(), id()));
    outcomes.add(new DeliverOutcome.Retry("log is away"));

    assertThat(accept(testee, 1)).isEqualTo(new IntakeOutcome.Stored());
    assertThat(accept(testee, 1)).isEqualTo(new IntakeOutcome.Duplicate());
    assertThat(accept(testee, 1)).isEqualTo(new IntakeOutcome.Retry("log is away"));
    assertThat(credits.taken()).isZero();
  }

  @Test
  void theDeliveryShouldReachTheMailboxByReference() {
    outcomes.add(stored());
    Delivery delivery = delivery(1);

    assertThat(testee.accept(delivery).blockingGet()).isEqualTo(new IntakeOutcome.Stored());

    assertThat(((MailboxRequest.Deliver) asked.get(0).body()).delivery()).isSameAs(delivery);
  }

  @Test
  void aMailboxThatMovedShouldBeResolvedAgainOnce() {
    directory.put(1, "alice", 2);
    outcomes.add(new DeliverOutcome.NotHere());
    outcomes.add(stored());

    assertThat(accept(testee, 1)).isEqualTo(new IntakeOutcome.Stored());

    assertThat(directory.forgotten()).containsExactly(ALICE);
    assertThat(((MailboxRequest.Deliver) asked.get(1).body()).delivery().recipient())
        .isEqualTo(new Recipient(alice.id(), 2, ALICE));
  }

  @Test
  void aMailboxThatIsStillNotThereShouldBeRetriedLater() {
    directory.put(1, "alice", 2);
    outcomes.add(new DeliverOutcome.NotHere());
    outcomes.add(new DeliverOutcome.NotHere());

    assertThat(accept(testee, 1)).isInstanceOf(IntakeOutcome.Retry.class);
    assertThat(asked).hasSize(2);
  }

  @Test
  void anAddressThatWentToAnotherUserShouldBeLookedUpByTheSendersRetry() {
    directory.remove(alice);
    directory.put(2, "alice", 1);
    outcomes.add(new DeliverOutcome.NotMine());

    assertThat(accept(testee, 1)).isEqualTo(new IntakeOutcome.NotMine());
    assertThat(directory.forgotten()).containsExactly(ALICE);
    assertThat(asked).hasSize(1);
  }

  @Test
  void withoutCreditsItShouldBeRetriedAtOnceAndCreditsShouldComeBack() {
    var first = testee.accept(delivery(1)).test();
    var second = testee.accept(delivery(1)).test();

    assertThat(accept(testee, 1))
        .isEqualTo(new IntakeOutcome.Retry("too much is on its way already"));

    first
        .awaitDone(10, TimeUnit.SECONDS)
        .assertValue(outcome -> outcome instanceof IntakeOutcome.Retry);
    second.awaitDone(10, TimeUnit.SECONDS).assertComplete();
    outcomes.add(stored());
    assertThat(accept(testee, 1)).isEqualTo(new IntakeOutcome.Stored());
    assertThat(credits.taken()).isZero();
  }

  @Test
  void aMailboxThatDoesNotAnswerShouldBeRetried() {
    assertThat(accept(testee, 1)).isEqualTo(new IntakeOutcome.Retry("the mailbox does not answer"));
    assertThat(credits.taken()).isZero();
  }

  private void answer(Message<MailboxRequest<?>> message) {
    asked.add(message);
    DeliverOutcome outcome = outcomes.poll();
    if (outcome != null) {
      message.reply(outcome, ByReferenceCodec.options());
    }
  }

  private Router router(CellLocator locator) {
    return new Router(
        directory,
        Nodes.alone(vertx, locator, Duration.ofMillis(300)),
        credits,
        new PeopleLookup(directory, List.of("example.com")));
  }

  private LookupOutcome lookup(Address address) {
    return testee.lookup(address).blockingGet();
  }

  private static IntakeOutcome accept(Router router, int generation) {
    Single<IntakeOutcome> accepted = router.accept(delivery(generation));
    return accepted.timeout(10, TimeUnit.SECONDS).blockingGet();
  }

  private static DeliverOutcome stored() {
    return new DeliverOutcome.Stored(id(), id());
  }

  private static MessageId id() {
    return new MessageId(new UserId(1), Position.of(2, 0));
  }

  private static Delivery delivery(int generation) {
    Recipient recipient = new Recipient(new UserId(1), generation, ALICE);
    Author author =
        new Author(Address.parse("email:bob@example.net"), "Bob", Author.Standing.OUTSIDE);
    Envelope envelope = new Envelope(Channel.EMAIL, author, List.of(ALICE), "bob@example.net", 1);
    Content content =
        new Content("subject", "text", List.of(), Bytes.ofUtf8("raw"), References.NONE);
    return new Delivery(recipient, Optional.of(Bytes.ofUtf8("key")), envelope, content);
  }
}
