package io.tributary.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.reactivex.rxjava3.disposables.Disposable;
import io.tributary.channels.LiveFeed;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.live.EventPage;
import io.tributary.codecs.live.LiveBatch;
import io.tributary.codecs.live.Signal;
import io.tributary.codecs.message.Position;
import io.tributary.discovery.directory.UserAccount;
import io.tributary.mailbox.MailboxRef;
import io.tributary.mailbox.ReadOutcome;
import io.tributary.server.cell.Mailboxes;
import io.tributary.server.eventloop.ByReferenceCodec;
import io.tributary.server.mailbox.MailboxRequest;
import io.tributary.server.router.MailboxReads;
import io.tributary.server.testing.FakeDirectory;
import io.tributary.server.testing.Nodes;
import io.tributary.server.testing.Places;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LiveFeedsTest {
  private static final UserId NOBODY = new UserId(99);

  private final Vertx vertx = Vertx.vertx();
  private final FakeDirectory directory = new FakeDirectory();
  private final UserAccount alice = directory.put(1, "alice", 1);
  private final LiveFeeds testee = feeds();
  private final Context one = vertx.getOrCreateContext();
  private final Context other = vertx.getOrCreateContext();
  private final BlockingQueue<Object> told = new LinkedBlockingQueue<>();

  @BeforeEach
  void register() {
    ByReferenceCodec.register(vertx.eventBus());
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void whatIsCommittedShouldReachEveryLoopWithASessionOfTheUser() throws Exception {
    listen(one, alice.id());
    listen(other, alice.id());
    listen(other, NOBODY);

    testee.committed(batch(1, 2));

    assertThat(next()).isEqualTo(batch(1, 2));
    assertThat(next()).isEqualTo(batch(1, 2));
    assertThat(told).isEmpty();
  }

  @Test
  void batchesShouldComeInTheirOrder() throws Exception {
    listen(one, alice.id());

    for (int entry = 1; entry < 200; entry++) {
      testee.committed(batch(entry, entry + 1));
    }

    for (int entry = 1; entry < 200; entry++) {
      assertThat(next()).isEqualTo(batch(entry, entry + 1));
    }
  }

  @Test
  void whoeverLeftShouldHearNoMore() throws Exception {
    Disposable listening = listen(one, alice.id());
    Disposable staying = listen(one, alice.id());
    on(
        one,
        () -> {
          listening.dispose();
          listening.dispose();
          return testee.here().listeners(alice.id());
        });

    testee.committed(batch(1, 2));
    assertThat(next()).isEqualTo(batch(1, 2));
    on(
        one,
        () -> {
          staying.dispose();
          return 0;
        });
    testee.committed(batch(2, 3));
    listen(one, alice.id());
    testee.committed(batch(3, 4));

    assertThat(next()).isEqualTo(batch(3, 4));
    assertThat(told).isEmpty();
  }

  @Test
  void aSignalShouldReachTheUserItIsFor() throws Exception {
    Signal online =
        new Signal.Presence(alice.id(), NOBODY, Address.parse("chat:nobody"), true, false);
    listen(one, alice.id());
    listen(other, NOBODY);

    on(
        other,
        () -> {
          testee.here().tell(online);
          return 0;
        });

    assertThat(next()).isEqualTo(online);
    assertThat(told).isEmpty();
  }

  @Test
  void eventsShouldBeReadFromTheMailboxAndAnsweredOnTheFeedsLoop() {
    EventPage page = new EventPage(List.of(), Position.of(4, 0), Position.of(4, 0));
    vertx
        .eventBus()
        .<MailboxRequest<?>>localConsumer(
            "mailbox.0",
            message -> {
              told.add(message.body());
              message.reply(new ReadOutcome.Found<>(page), ByReferenceCodec.options());
            });

    Promise<LiveFeed.Outcome> answered = Promise.promise();
    Promise<Context> answeredOn = Promise.promise();
    one.runOnContext(
        ignored -> {
          var unused =
              testee
                  .here()
                  .events(alice.id(), Position.of(3, 0), 7)
                  .subscribe(
                      outcome -> {
                        answeredOn.complete(Vertx.currentContext());
                        answered.complete(outcome);
                      });
        });

    assertThat(answered.future().await()).isEqualTo(new LiveFeed.Outcome.Events(page));
    assertThat(answeredOn.future().await()).isSameAs(one);
    assertThat(told)
        .containsExactly(
            new MailboxRequest.Events(new MailboxRef(alice.id(), 1), Position.of(3, 0), 7));
  }

  @Test
  void whatCanNotBeReadNowShouldBeRetried() {
    assertThat(events(alice.id())).isInstanceOf(LiveFeed.Outcome.Retry.class);
    assertThat(events(NOBODY)).isInstanceOf(LiveFeed.Outcome.Retry.class);
    directory.away(true);
    assertThat(events(alice.id())).isInstanceOf(LiveFeed.Outcome.Retry.class);
  }

  private LiveFeed.Outcome events(UserId user) {
    return on(one, () -> testee.here().events(user, Position.START, 1)).blockingGet();
  }

  private LiveFeeds feeds() {
    Mailboxes mailboxes = Nodes.alone(vertx, Places.on("c1", "n1"), Duration.ofMillis(300));
    return new LiveFeeds(
        vertx,
        directory,
        new MailboxReads(directory, mailboxes),
        InstantSource.system(),
        Nodes.noNeighbours(vertx, mailboxes));
  }

  private Disposable listen(Context loop, UserId user) {
    return on(
        loop,
        () ->
            testee
                .here()
                .listen(
                    user,
                    new LiveFeed.Listener() {
                      @Override
                      public void committed(LiveBatch batch) {
                        told.add(batch);
                      }

                      @Override
                      public void signalled(Signal signal) {
                        told.add(signal);
                      }
                    }));
  }

  private <T> T on(Context loop, Supplier<T> work) {
    Promise<T> done = Promise.promise();
    loop.runOnContext(ignored -> done.complete(work.get()));
    return done.future().await();
  }

  private Object next() throws InterruptedException {
    return java.util.Objects.requireNonNull(told.poll(10, TimeUnit.SECONDS), "nothing came");
  }

  private LiveBatch batch(long after, long entry) {
    return new LiveBatch(alice.id(), Position.of(after, 0), Position.of(entry, 0), List.of());
  }
}
