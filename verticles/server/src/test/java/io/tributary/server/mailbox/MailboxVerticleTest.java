package io.tributary.server.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.identity.Incarnation;
import io.tributary.codecs.identity.Stamps;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.log.Action;
import io.tributary.codecs.log.Entry;
import io.tributary.codecs.log.EntryCodec;
import io.tributary.codecs.log.RecordedAction;
import io.tributary.codecs.message.Author;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.Channel;
import io.tributary.codecs.message.Content;
import io.tributary.codecs.message.Delivery;
import io.tributary.codecs.message.Envelope;
import io.tributary.codecs.message.Recipient;
import io.tributary.codecs.message.References;
import io.tributary.mailbox.DeliverOutcome;
import io.tributary.mailbox.MailboxEnvironment;
import io.tributary.mailbox.MailboxLimits;
import io.tributary.mailbox.MailboxLinks;
import io.tributary.mailbox.MailboxObserver;
import io.tributary.mailbox.MailboxRef;
import io.tributary.mailbox.MailboxShard;
import io.tributary.mailbox.ReadOutcome;
import io.tributary.server.eventloop.ByReferenceCodec;
import io.tributary.storage.AppendResult;
import io.tributary.storage.FrozenEntry;
import io.tributary.storage.InMemoryActionLog;
import io.tributary.storage.LogId;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MailboxVerticleTest {
  private static final int SHARDS = 2;
  private static final Address ADDRESS = Address.parse("email:alice@example.com");

  private final Vertx vertx = Vertx.vertx();
  private final InMemoryActionLog log = new InMemoryActionLog();
  private final Stamps stamps = new Stamps(Incarnation.draw(new SplittableRandom(1)));
  private final Set<Context> contexts = ConcurrentHashMap.newKeySet();
  private final MailboxBus testee =
      new MailboxBus(vertx.eventBus(), SHARDS, Duration.ofSeconds(20));

  @BeforeEach
  void deploy() {
    ByReferenceCodec.register(vertx.eventBus());
    for (int shard = 0; shard < SHARDS; shard++) {
      vertx.deployVerticle(new MailboxVerticle(shard, InstantSource.system(), this::shard)).await();
    }
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void deliveriesToManyMailboxesShouldEachBeStoredAndRead() {
    List<Single<DeliverOutcome>> deliveries = new ArrayList<>();
    for (long user = 1; user <= 40; user++) {
      open(new UserId(user));
      deliveries.add(
          testee.ask(new UserId(user), new MailboxRequest.Deliver(delivery(new UserId(user)))));
    }

    List<DeliverOutcome> outcomes = await(Single.concatEager(deliveries).toList());

    assertThat(outcomes).hasOnlyElementsOfType(DeliverOutcome.Stored.class);
    for (long user = 1; user <= 40; user++) {
      DeliverOutcome.Stored stored = (DeliverOutcome.Stored) outcomes.get((int) user - 1);
      var raw = new MailboxRequest.Raw(new MailboxRef(new UserId(user), 1), stored.id());
      assertThat(await(testee.ask(new UserId(user), raw)))
          .isEqualTo(new ReadOutcome.Found<>(Bytes.ofUtf8("raw " + new UserId(user))));
    }
  }

  @Test
  void shardsShouldHaveContextsOfTheirOwn() {
    assertThat(contexts).hasSize(SHARDS);
  }

  @Test
  void aMailboxWithoutALogShouldNotBeHere() {
    UserId nobody = new UserId(99);

    assertThat(await(testee.ask(nobody, new MailboxRequest.Deliver(delivery(nobody)))))
        .isEqualTo(new DeliverOutcome.NotHere());
  }

  private MailboxShard shard(Scheduler scheduler) {
    contexts.add(Vertx.currentContext());
    return new MailboxShard(
        MailboxLinks.withoutOutbox(log),
        new MailboxEnvironment(scheduler, InstantSource.system(), stamps, new SplittableRandom(2)),
        MailboxLimits.DEFAULT,
        MailboxObserver.NONE);
  }

  private void open(UserId user) {
    var stamp = stamps.next();
    Entry first =
        new Entry(
            stamp,
            List.of(
                new RecordedAction(
                    1,
                    Optional.empty(),
                    new Action.Opened(1, "c1", "alice", List.of(ADDRESS)),
                    Optional.empty())));
    FrozenEntry frozen =
        new FrozenEntry(new LogId(user, 1), 1, stamp, Bytes.ofOwned(EntryCodec.encode(first)));
    assertThat(await(log.append(frozen))).isEqualTo(new AppendResult.Appended());
  }

  private static Delivery delivery(UserId user) {
    Author author = new Author(Address.parse("email:c@example.net"), "", Author.Standing.OUTSIDE);
    return new Delivery(
        new Recipient(user, 1, ADDRESS),
        Optional.empty(),
        new Envelope(Channel.EMAIL, author, List.of(ADDRESS), "c@example.net", 1),
        new Content("s", "t", List.of(), Bytes.ofUtf8("raw " + user), References.NONE));
  }

  private static <T> T await(Single<T> answer) {
    return answer.timeout(30, TimeUnit.SECONDS).blockingGet();
  }
}
