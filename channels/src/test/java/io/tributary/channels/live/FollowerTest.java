package io.tributary.channels.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.reactivex.rxjava3.schedulers.TestScheduler;
import io.tributary.channels.live.testing.FakeLiveFeed;
import io.tributary.channels.live.testing.FakeMailbox;
import io.tributary.channels.live.testing.RecordingSink;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.live.LiveBatch;
import io.tributary.codecs.live.LiveEvent;
import io.tributary.codecs.live.Signal;
import io.tributary.codecs.message.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class FollowerTest {
  private static final UserId ALICE = new UserId(7);
  private static final Window SMALL = new Window(4, 100_000);

  private final TestScheduler scheduler = new TestScheduler();
  private final FakeLiveFeed feed = new FakeLiveFeed(scheduler);
  private final FakeMailbox mailbox = feed.mailbox(ALICE);
  private final RecordingSink sink = new RecordingSink();
  private final List<Signal> signals = new ArrayList<>();
  private final Follower testee =
      new Follower(
          new LiveSource(feed, scheduler, new Random(1)), ALICE, SMALL, sink, signals::add);

  @Test
  void withoutSinceShouldTellWhatHappensFromNowOn() {
    LiveBatch before = mailbox.arrive("before");
    start(Optional.empty());
    LiveBatch now = mailbox.arrive("now");
    feed.publish(now);

    assertThat(sink.lines()).containsExactly("began " + before.head(), "event " + now.head());
  }

  @Test
  void behindSinceShouldTellTheBacklogPageByPageThenTheHead() {
    Position since = mailbox.arrive("seen").head();
    for (int number = 0; number < 600; number++) {
      LiveBatch unused = mailbox.arrive("missed");
    }
    start(Optional.of(since));

    assertThat(sink.events()).isEqualTo(mailbox.events().subList(1, 601));
    assertThat(last()).isEqualTo("head " + mailbox.head());
    assertThat(feed.reads()).isEqualTo(3);
  }

  @Test
  void whatIsCommittedBetweenTheFirstReadAndItsAnswerShouldNotBeLost() {
    testee.start(Optional.empty());
    LiveBatch early = mailbox.arrive("while reading");
    feed.publish(early);
    pass(20);
    LiveBatch later = mailbox.arrive("later");
    feed.publish(later);
    pass(20);

    assertThat(sink.lines()).contains("event " + later.head()).doesNotHaveDuplicates();
  }

  @Test
  void aLostBatchShouldBeReadWhenTheNextOneComes() {
    start(Optional.empty());
    LiveBatch lost = mailbox.arrive("lost");
    LiveBatch heard = mailbox.arrive("heard");
    feed.publish(heard);
    pass(20);

    assertThat(sink.events()).isEqualTo(mailbox.events());
    assertThat(lost.head()).isLessThan(heard.head());
  }

  @Test
  void aLostBatchShouldBeFoundWithinFiveSecondsThoughNothingFollows() {
    start(Optional.empty());
    for (int round = 0; round < 50; round++) {
      feed.publish(mailbox.arrive("heard"));
      pass(round * 90);
      LiveBatch lost = mailbox.arrive("lost");
      pass(5_000);
      assertThat(sink.events()).endsWith(lost.events().get(0));
    }
    assertThat(sink.events()).isEqualTo(mailbox.events());
  }

  @Test
  void repeatedAndOldBatchesShouldBeIgnored() {
    start(Optional.empty());
    LiveBatch one = mailbox.arrive("one");
    LiveBatch two = mailbox.arrive("two");
    feed.publish(one);
    feed.publish(two);
    feed.publish(two);
    feed.publish(one);

    assertThat(sink.events()).isEqualTo(mailbox.events());
  }

  @Test
  void aBatchThatOverlapsShouldGiveOnlyItsNewEvents() {
    LiveBatch one = mailbox.arrive("one");
    LiveBatch two = mailbox.arrive("two");
    start(Optional.of(one.head()));
    List<LiveEvent> both = mailbox.events();
    LiveBatch three = mailbox.arrive("three");
    feed.publish(
        new LiveBatch(
            ALICE,
            one.after(),
            three.head(),
            List.of(both.get(0), both.get(1), three.events().get(0))));

    assertThat(sink.events()).containsExactly(two.events().get(0), three.events().get(0));
  }

  @Test
  void theHeadShouldBeToldAtLeastEveryFiveSeconds() {
    start(Optional.empty());
    for (int second = 0; second < 60; second++) {
      if (second % 3 == 0) {
        feed.publish(mailbox.silent());
      }
      pass(1_000);
    }
    assertThat(sink.lines().stream().filter(line -> line.startsWith("head")))
        .hasSizeBetween(12, 17);
  }

  @Test
  void aQuietSessionShouldReadOnceInAboutFourSeconds() {
    start(Optional.empty());
    pass(100_000);

    assertThat(feed.reads()).isBetween(21, 28);
  }

  @Test
  void whileTheMailboxIsAwayShouldTryAgainLessAndLessOften() {
    feed.away(true);
    start(Optional.of(Position.START));
    pass(60_000);
    assertThat(sink.lines()).isEmpty();
    assertThat(feed.reads()).isBetween(18, 45);

    feed.away(false);
    LiveBatch batch = mailbox.arrive("after the outage");
    pass(4_000);
    assertThat(sink.lines())
        .containsExactly("began " + batch.head(), "event " + batch.head(), "head " + batch.head());
  }

  @Test
  void aReadThatIsNeverAnsweredShouldBeMadeAgain() {
    feed.mute(true);
    start(Optional.of(Position.START));
    feed.mute(false);
    pass(10_500);

    assertThat(sink.lines()).containsExactly("began " + mailbox.head(), "head " + mailbox.head());
  }

  @Test
  void aSlowSinkShouldGetWhatTheWindowHoldsThenLearnWhatItMissed() {
    start(Optional.empty());
    sink.ready(false);
    List<Position> committed = new ArrayList<>();
    for (int number = 0; number < 10; number++) {
      LiveBatch batch = mailbox.arrive("fast");
      committed.add(batch.head());
      feed.publish(batch);
    }
    List<String> nothing = sink.takeLines();
    sink.ready(true);
    testee.resume();
    feed.publish(mailbox.arrive("goes on"));

    assertThat(nothing).hasSize(1);
    assertThat(sink.lines())
        .containsExactly(
            "event " + committed.get(0),
            "event " + committed.get(1),
            "event " + committed.get(2),
            "event " + committed.get(3),
            "missed " + committed.get(3) + " " + committed.get(9),
            "event " + mailbox.head());
  }

  @Test
  void theWindowShouldBoundBytesToo() {
    start(Optional.empty());
    sink.ready(false);
    feed.publish(mailbox.arrive("x".repeat(60_000)));
    feed.publish(mailbox.arrive("x".repeat(60_000)));
    sink.ready(true);
    testee.resume();

    assertThat(sink.events()).hasSize(1);
    assertThat(last()).startsWith("missed");
  }

  @Test
  void aSinkThatIsSlowWithItsBacklogShouldMissNothing() {
    for (int number = 0; number < 600; number++) {
      LiveBatch unused = mailbox.arrive("backlog");
    }
    sink.room(10);
    start(Optional.of(Position.START));
    for (int round = 0; round < 100; round++) {
      sink.room(10);
      testee.resume();
      pass(1_000);
    }
    assertThat(sink.events()).isEqualTo(mailbox.events());
    assertThat(sink.lines()).noneMatch(line -> line.startsWith("missed"));
  }

  @Test
  void aSinceBeyondTheHeadShouldBeToldAsMissingEverything() {
    LiveBatch batch = mailbox.arrive("one");
    start(Optional.of(Position.of(99, 0)));
    pass(10_000);
    feed.publish(mailbox.arrive("two"));

    assertThat(sink.lines())
        .startsWith("began " + batch.head(), "missed 0 " + batch.head())
        .endsWith("event " + mailbox.head());
  }

  @Test
  void anOwnerThatLagsForAMomentShouldNotMakeSinceStrange() {
    LiveBatch one = mailbox.arrive("one");
    start(Optional.of(Position.of(one.head().entry() + 1, 0)));
    pass(300);
    LiveBatch two = mailbox.arrive("two");
    pass(2_000);

    assertThat(sink.lines()).containsExactly("began " + two.head());
  }

  @Test
  void aCommitThatIsKnownOfShouldBeReadSoonThoughItsBatchIsLost() {
    start(Optional.empty());
    LiveBatch lost = mailbox.arrive("lost");
    testee.expect(lost.head());
    pass(100);

    assertThat(sink.events()).isEqualTo(lost.events());
  }

  @Test
  void aCommitThatNeverComesShouldBeGivenUp() {
    start(Optional.empty());
    testee.expect(Position.of(1_000, 0));
    pass(60_000);

    assertThat(feed.reads()).isLessThan(40);
    assertThat(last()).isEqualTo("head " + mailbox.head());
    assertThat(sink.lines()).hasSizeGreaterThan(10);
  }

  @Test
  void aCommitThatIsHeardOfShouldNotBeRead() {
    start(Optional.empty());
    int reads = feed.reads();
    LiveBatch batch = mailbox.arrive("soon");
    testee.expect(batch.head());
    feed.publish(batch);
    pass(1_000);

    assertThat(feed.reads()).isEqualTo(reads);
  }

  @Test
  void signalsShouldBePassedOnOnceItBegan() {
    Signal signal =
        new Signal.Presence(ALICE, new UserId(8), Address.parse("chat:bob"), true, false);
    testee.start(Optional.empty());
    feed.tell(signal);
    pass(20);
    feed.tell(signal);

    assertThat(signals).containsExactly(signal);
  }

  @Test
  void stoppedShouldTellNothingAndListenNoMore() {
    start(Optional.empty());
    testee.stop();
    int reads = feed.reads();
    feed.publish(mailbox.arrive("late"));
    pass(60_000);

    assertThat(sink.events()).isEmpty();
    assertThat(feed.reads()).isEqualTo(reads);
    assertThat(feed.listeners(ALICE)).isZero();
  }

  /**
   * Whatever is lost, doubled, late or slow: in order, each once, nothing missing but what it says.
   */
  @Property(tries = 500)
  void whateverHappensTheSinkShouldEndWithEverythingOnce(@ForAll long seed) {
    Random chance = new Random(seed);
    new Storm(chance).run();
  }

  private void start(Optional<Position> since) {
    testee.start(since);
    pass(20);
  }

  private void pass(long millis) {
    scheduler.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
  }

  private String last() {
    return sink.lines().get(sink.lines().size() - 1);
  }

  /** One random life of a mailbox and its follower. */
  private static final class Storm {
    private final Random chance;
    private final TestScheduler scheduler = new TestScheduler();
    private final FakeLiveFeed feed = new FakeLiveFeed(scheduler);
    private final FakeMailbox mailbox = feed.mailbox(ALICE);
    private final RecordingSink sink = new RecordingSink();
    private final List<LiveBatch> batches = new ArrayList<>();
    private final WindowBudget budget;
    private final WindowBudget.Share rival;

    Storm(Random chance) {
      this.chance = chance;
      this.budget = chance.nextBoolean() ? new WindowBudget() : new WindowBudget(2_000);
      this.rival = budget.share(() -> {});
    }

    void run() {
      commit(chance.nextInt(300));
      Optional<Position> since = chance.nextBoolean() ? Optional.empty() : Optional.of(somewhere());
      Follower follower =
          new Follower(
              new LiveSource(feed, scheduler, chance, budget), ALICE, SMALL, sink, signal -> {});
      Position from = since.orElse(mailbox.head());
      follower.start(since);
      if (since.isEmpty()) {
        scheduler.advanceTimeBy(20, TimeUnit.MILLISECONDS);
      }
      for (int step = 0; step < 200; step++) {
        step(follower);
      }
      feed.away(false);
      feed.mute(false);
      rival.giveBack(rival.held());
      sink.ready(true);
      follower.resume();
      scheduler.advanceTimeBy(30, TimeUnit.SECONDS);
      check(from);
      assertThat(budget.taken()).isZero();
    }

    private void step(Follower follower) {
      switch (chance.nextInt(13)) {
        case 0, 1, 2 -> commit(1 + chance.nextInt(3));
        case 3, 4, 5 -> publish();
        case 6 -> sink.ready(chance.nextInt(3) > 0);
        case 7 -> feed.away(chance.nextInt(3) == 0);
        case 8 -> feed.mute(chance.nextInt(5) == 0);
        case 9 -> follower.expect(mailbox.head());
        case 10 -> compete();
        default -> scheduler.advanceTimeBy(chance.nextInt(6_000), TimeUnit.MILLISECONDS);
      }
      if (sink.ready()) {
        follower.resume();
      }
    }

    /** Somebody else is slow too, or no longer. */
    private void compete() {
      if (!rival.take(chance.nextInt(2_000))) {
        rival.giveBack(rival.held());
      }
    }

    private void commit(int entries) {
      for (int entry = 0; entry < entries; entry++) {
        batches.add(
            switch (chance.nextInt(4)) {
              case 0 -> mailbox.silent();
              case 1 ->
                  mailbox.commit(
                      List.of(
                          position -> new LiveEvent.Arrived(mailbox.message(position, "a")),
                          position -> new LiveEvent.Arrived(mailbox.message(position, "b"))));
              default -> mailbox.arrive("x");
            });
      }
    }

    /** Some recent one: in order, late, again, or never. */
    private void publish() {
      if (!batches.isEmpty()) {
        int back = Math.min(batches.size(), 1 + chance.nextInt(chance.nextBoolean() ? 1 : 4));
        feed.publish(batches.get(batches.size() - back));
      }
    }

    private Position somewhere() {
      return batches.isEmpty() || chance.nextInt(5) == 0
          ? Position.START
          : batches.get(chance.nextInt(batches.size())).head();
    }

    private void check(Position from) {
      Position reached = from;
      List<LiveEvent> rest = new ArrayList<>(mailbox.events());
      rest.removeIf(event -> event.position().compareTo(from) <= 0);
      for (String line : sink.lines().subList(1, sink.lines().size())) {
        String[] words = line.split(" ");
        Position position = new Position(Long.parseLong(words[words.length - 1]));
        assertThat(position).as(line).isGreaterThanOrEqualTo(reached);
        if (words[0].equals("event")) {
          assertThat(rest.remove(0).position()).isEqualTo(position);
        } else if (words[0].equals("missed")) {
          Position behind = new Position(Long.parseLong(words[1]));
          assertThat(rest).allMatch(event -> event.position().compareTo(behind) > 0);
          rest.removeIf(event -> event.position().compareTo(position) <= 0);
        } else {
          assertThat(rest).allMatch(event -> event.position().compareTo(position) > 0);
        }
        reached = position;
      }
      assertThat(rest).isEmpty();
      assertThat(reached).isEqualTo(mailbox.head());
    }
  }
}
