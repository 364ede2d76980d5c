package io.tributary.channels.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.reactivex.rxjava3.schedulers.TestScheduler;
import io.tributary.channels.live.testing.FakeLiveFeed;
import io.tributary.channels.live.testing.FakeMailbox;
import io.tributary.channels.live.testing.RecordingSink;
import io.tributary.codecs.identity.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WindowBudgetTest {
  private static final Window WIDE = new Window(1_000, 1_000_000);
  private static final String TEXT = "x".repeat(744); // 1,000 bytes with what is beside it

  private final TestScheduler scheduler = new TestScheduler();
  private final FakeLiveFeed feed = new FakeLiveFeed(scheduler);

  /** A reader, and what it reads. */
  private final class Reader {
    private final FakeMailbox mailbox;
    private final RecordingSink sink = new RecordingSink();
    private final Follower follower;

    Reader(int user, WindowBudget budget) {
      mailbox = feed.mailbox(new UserId(user));
      LiveSource source = new LiveSource(feed, scheduler, new Random(1), budget);
      follower = new Follower(source, mailbox.user(), WIDE, sink, signal -> {});
    }

    Reader follow(Optional<io.tributary.codecs.message.Position> since) {
      follower.start(since);
      pass();
      sink.ready(false);
      return this;
    }

    Reader hears(int events) {
      for (int number = 0; number < events; number++) {
        feed.publish(mailbox.arrive(TEXT));
      }
      pass();
      return this;
    }

    void readOn() {
      sink.ready(true);
      follower.resume();
      pass();
    }

    boolean missed() {
      return sink.lines().stream().anyMatch(line -> line.startsWith("missed"));
    }
  }

  private void pass() {
    scheduler.advanceTimeBy(30, TimeUnit.MILLISECONDS);
  }

  private Reader slow(int user, WindowBudget budget) {
    return new Reader(user, budget).follow(Optional.empty());
  }

  @Test
  void tenThousandSlowReadersShouldHoldNoMoreThanTheBudget() {
    WindowBudget budget = new WindowBudget(1_000_000);
    List<Reader> readers =
        IntStream.rangeClosed(1, 10_000).mapToObj(user -> slow(user, budget)).toList();
    long most = 0;
    for (int round = 0; round < 3; round++) {
      for (Reader reader : readers) {
        feed.publish(reader.mailbox.arrive(TEXT));
        most = Math.max(most, budget.taken());
      }
    }
    pass();
    readers.forEach(reader -> reader.sink.ready(true));
    readers.forEach(reader -> reader.follower.resume());
    pass();

    assertThat(most).isBetween(500_000L, 1_000_000L);
    assertThat(budget.taken()).isZero();
    assertThat(readers).allMatch(reader -> reader.missed() || reader.sink.events().size() == 3);
    assertThat(readers).anyMatch(Reader::missed);
  }

  @Test
  void theSlowestShouldGiveUpForOthers() {
    WindowBudget budget = new WindowBudget(16_000);
    Reader slowest = slow(1, budget).hears(10);
    Reader slow = slow(2, budget).hears(5);
    assertThat(budget.taken()).isEqualTo(5_000);
    slow.hears(5);
    slowest.readOn();
    slow.readOn();

    assertThat(slowest.missed()).isTrue();
    assertThat(slowest.sink.events()).isEmpty();
    assertThat(slow.missed()).isFalse();
    assertThat(slow.sink.events()).hasSize(10);
    assertThat(slowest.hears(1).sink.events()).hasSize(1);
  }

  @Test
  void whoKeepsUpShouldNotNeedTheBudget() {
    WindowBudget budget = new WindowBudget(1);
    Reader fast = slow(1, budget);
    fast.readOn();
    fast.hears(100);

    assertThat(fast.missed()).isFalse();
    assertThat(fast.sink.events()).hasSize(100);
  }

  @Test
  void aBacklogThatHadToGiveWayShouldBeReadAgainAndMissNothing() {
    WindowBudget budget = new WindowBudget(16_000);
    Reader behind = new Reader(1, budget);
    for (int number = 0; number < 40; number++) {
      var unused = behind.mailbox.arrive(TEXT);
    }
    behind.sink.room(5);
    behind.follow(Optional.of(io.tributary.codecs.message.Position.START));
    Reader other = slow(2, budget).hears(3);
    behind.sink.room(1_000);
    behind.readOn();

    assertThat(other.missed()).isFalse();
    assertThat(behind.missed()).isFalse();
    assertThat(behind.sink.events()).isEqualTo(new ArrayList<>(behind.mailbox.events()));
    assertThat(budget.taken()).isEqualTo(3_000);
  }

  @Test
  void whoLeavesShouldGiveBackWhatTheyHold() {
    WindowBudget budget = new WindowBudget(16_000);
    Reader leaving = slow(1, budget).hears(9);
    assertThat(budget.taken()).isEqualTo(9_000);
    leaving.follower.stop();
    assertThat(budget.taken()).isZero();
  }
}
