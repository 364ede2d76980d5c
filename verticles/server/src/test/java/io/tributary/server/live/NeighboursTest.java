package io.tributary.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.live.LiveBatch;
import io.tributary.codecs.live.LiveEvent;
import io.tributary.codecs.live.Signal;
import io.tributary.codecs.message.Position;
import io.tributary.server.cell.Interest;
import io.tributary.server.testing.Nodes;
import io.tributary.server.testing.Places;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nodes that share an event bus; {@code n1} serves every mailbox. */
class NeighboursTest {
  private static final UserId ALICE = new UserId(1);
  private static final UserId BOB = new UserId(2);
  private static final Duration SOON = Duration.ofSeconds(20);

  private final Vertx vertx = Vertx.vertx();
  private final AtomicLong nowMillis = new AtomicLong(1_000_000);
  private final Interest interest = new Interest(() -> Instant.ofEpochMilli(nowMillis.get()));
  private final Peer n1 = new Peer("n1", interest);
  private final Peer n2 = new Peer("n2", new Interest(Instant::now));
  private final Peer n3 = new Peer("n3", new Interest(Instant::now));

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void whatIsCommittedShouldBeToldToNodesThatHaveSessions() throws Exception {
    interest.noted(ALICE, "n2");
    LiveBatch batch = batch(ALICE, 1, 3, 3);

    n1.testee.committed(batch);
    n1.testee.committed(batch(BOB, 1, 2, 1));
    interest.noted(BOB, "n3");
    LiveBatch last = batch(BOB, 2, 3, 0);
    n1.testee.committed(last);

    assertThat(n3.next()).isEqualTo(last);
    assertThat(n2.takes(batch)).isEqualTo(batch.events());
    assertThat(n2.told).isEmpty();
    assertThat(n3.told).isEmpty();
  }

  @Test
  void whoeverIsSilentTooLongShouldBeToldNoMore() throws Exception {
    n2.listens = false;
    interest.noted(ALICE, "n2");

    nowMillis.addAndGet(14_999);
    n1.testee.committed(batch(ALICE, 1, 2, 1));
    assertThat(n2.next()).isNotNull();

    nowMillis.addAndGet(1);
    assertThat(interest.nodes(ALICE)).isEmpty();
  }

  @Test
  void aNodeThatIsToldShouldSayThatItListens() throws Exception {
    interest.noted(ALICE, "n2");
    nowMillis.addAndGet(14_000);

    n1.testee.committed(batch(ALICE, 1, 2, 1));
    assertThat(n2.next()).isNotNull();
    nowMillis.addAndGet(1_001);

    long end = System.nanoTime() + SOON.toNanos();
    while (interest.nodes(ALICE).isEmpty() && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(interest.nodes(ALICE)).containsExactly("n2");
  }

  @Test
  void aSignalShouldGoByTheMailboxesNodeToAllThatHaveSessionsButNotBack() throws Exception {
    interest.noted(BOB, "n2");
    interest.noted(BOB, "n3");
    Signal typing = new Signal.Typing(BOB, ALICE, address("alice"), Set.of(ALICE, BOB), true);

    n2.testee.signalled(typing);

    assertThat(n1.next()).isEqualTo(typing);
    assertThat(n3.next()).isEqualTo(typing);
    Signal online = new Signal.Presence(BOB, ALICE, address("alice"), true, false);
    n1.testee.signalled(online);
    assertThat(n2.next()).as("its own typing did not come back").isEqualTo(online);
    assertThat(n3.next()).isEqualTo(online);
  }

  @Test
  void whatCanNotBeUnderstoodShouldBeLeftOut() throws Exception {
    interest.noted(ALICE, "n2");
    vertx.eventBus().send("live.n2", Buffer.buffer(new byte[] {1, 2, 3}));
    vertx.eventBus().send("live.n2", Buffer.buffer());

    LiveBatch batch = batch(ALICE, 1, 2, 0);
    n1.testee.committed(batch);

    assertThat(n2.next()).isEqualTo(batch);
  }

  private static Address address(String name) {
    return Address.parse("chat:" + name);
  }

  private static LiveBatch batch(UserId user, long after, long head, int events) {
    List<LiveEvent> happened = new ArrayList<>();
    for (int index = 0; index < events; index++) {
      happened.add(
          new LiveEvent.Updated(
              Position.of(head, index),
              LiveEvent.Kind.READ,
              Optional.empty(),
              List.of(),
              Optional.empty()));
    }
    return new LiveBatch(
        user, Position.of(after, 0), Position.of(head, Math.max(0, events - 1)), happened);
  }

  private final class Peer implements Neighbours.Ear {
    private final BlockingQueue<Object> told = new LinkedBlockingQueue<>();
    private final Neighbours testee;
    private volatile boolean listens = true;

    Peer(String name, Interest noted) {
      testee =
          new Neighbours(
              vertx.eventBus(),
              Nodes.nothingAbroad(vertx),
              name,
              Nodes.named(name, vertx, Places.on("c1", "n1"), SOON),
              noted);
      testee.listen(this);
    }

    @Override
    public boolean heard(LiveBatch batch) {
      told.add(batch);
      return listens;
    }

    @Override
    public void heard(Signal signal) {
      told.add(signal);
    }

    Object next() throws InterruptedException {
      return Optional.ofNullable(told.poll(SOON.toSeconds(), TimeUnit.SECONDS)).orElseThrow();
    }

    /** The events of batches that lead from where this one begins to where it ends. */
    List<LiveEvent> takes(LiveBatch whole) throws InterruptedException {
      List<LiveEvent> events = new ArrayList<>();
      Position at = whole.after();
      while (at.compareTo(whole.head()) < 0) {
        LiveBatch part = (LiveBatch) next();
        assertThat(part.after()).isEqualTo(at);
        events.addAll(part.events());
        at = part.head();
      }
      return events;
    }
  }
}
