package io.tributary.mailbox;

import static io.tributary.mailbox.MailboxQueueTest.id;
import static io.tributary.mailbox.Mails.MAILBOX;
import static io.tributary.mailbox.Mails.mail;
import static org.assertj.core.api.Assertions.assertThat;

import io.reactivex.rxjava3.observers.TestObserver;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.identity.Incarnation;
import io.tributary.codecs.identity.Stamp;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.log.Action;
import io.tributary.codecs.log.Action.Delivered;
import io.tributary.codecs.log.Action.ThreadReason;
import io.tributary.codecs.log.RecordedAction;
import io.tributary.codecs.message.Author.Standing;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.Channel;
import io.tributary.codecs.message.Position;
import io.tributary.mailbox.DeliverOutcome.Duplicate;
import io.tributary.mailbox.DeliverOutcome.NotHere;
import io.tributary.mailbox.DeliverOutcome.NotMine;
import io.tributary.mailbox.DeliverOutcome.Retry;
import io.tributary.mailbox.DeliverOutcome.Stored;
import io.tributary.storage.AppendResult.InDoubt;
import io.tributary.storage.LogId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class MailboxShardTest {
  private static final MailboxLimits DEFAULT = MailboxLimits.DEFAULT;
  private final Bench bench = new Bench();

  @Test
  void addressThatTheMailboxDoesNotOwnShouldBeNotMine() {
    bench
        .deliver(mail("a").resolvedBy(Address.parse("email:eve@example.com")))
        .assertValue(new NotMine());
    assertThat(bench.log.offers).isEmpty();
  }

  @Test
  void everyAddressOfTheUserShouldBeTaken() {
    bench.log.appendsAreHeld = false;
    bench
        .deliver(mail("a").resolvedBy(Mails.BOBS_OTHER))
        .assertValueAt(0, Stored.class::isInstance);
  }

  @Test
  void logThatIsNotThereShouldBeNotHereAndNeverWritten() {
    UserId nobody = new UserId(99);
    bench.deliver(mail("a").delivery(nobody, 1)).assertValue(new NotHere());
    bench
        .shard
        .listThreads(new MailboxRef(nobody, 1), PageRequest.first(1), Freshness.COMMITTED)
        .test()
        .assertValue(new ReadOutcome.NotHere<>());
    assertThat(bench.log.offers).isEmpty();

    bench.write(new LogId(nobody, 1), 1, Bench.opened());
    bench.log.appendsAreHeld = false;
    bench.deliver(mail("a").delivery(nobody, 1)).assertValueAt(0, Stored.class::isInstance);
  }

  @Test
  void logNotBegunByOpenedShouldBeUnavailable() {
    LogId id = new LogId(new UserId(98), 1);
    bench.write(id, 1, List.of(deliveredInto(Optional.empty(), ThreadReason.NEW)));
    assertUnavailable(id);
  }

  @Test
  void logOpenedAsAnotherGenerationShouldBeUnavailable() {
    LogId id = new LogId(new UserId(97), 1);
    bench.write(id, 1, Bench.opened(2));
    assertUnavailable(id);
  }

  @Test
  void logOpenedTwiceShouldBeUnavailable() {
    LogId id = new LogId(new UserId(96), 1);
    bench.write(id, 1, Bench.opened());
    bench.write(id, 2, Bench.opened());
    assertUnavailable(id);
  }

  @Test
  void deliveryIntoAThreadThatIsNotThereShouldMakeTheMailboxUnavailable() {
    LogId id = new LogId(new UserId(95), 1);
    bench.write(id, 1, Bench.opened());
    Optional<Position> missing = Optional.of(Position.of(7, 0));
    bench.write(id, 2, List.of(deliveredInto(missing, ThreadReason.PEOPLE)));
    assertUnavailable(id);
  }

  @Test
  void unreadableEntryShouldMakeTheMailboxUnavailableAndNothingElse() {
    bench.write(Bench.LOG, 2, new Stamp(new Incarnation(9, 9), 2), new byte[100]);
    assertUnavailable(Bench.LOG);
    assertThat(bench.loads).containsOnly(false);

    LogId other = new LogId(new UserId(94), 1);
    bench.write(other, 1, Bench.opened());
    bench.log.appendsAreHeld = false;
    bench.deliver(mail("a").delivery(other.user(), 1)).assertValueAt(0, Stored.class::isInstance);
  }

  @Test
  void mailboxShouldBeLoadedOnceForAllWhoWait() {
    bench.log.readsAreHeld = true;
    TestObserver<DeliverOutcome> first = bench.deliver(mail("a"));
    TestObserver<DeliverOutcome> second = bench.deliver(mail("b"));
    assertThat(bench.log.heldReads).hasSize(1);
    bench.log.answerRead();
    bench.log.answerRead();
    assertThat(bench.log.heldReads).isEmpty();

    bench.log.takeOffer().carryOut();
    first.assertValueAt(0, Stored.class::isInstance);
    second.assertValueAt(0, Stored.class::isInstance);
    assertThat(bench.appended).containsExactly(2);
  }

  @Test
  void longLogShouldBeLoadedPageByPage() {
    bench.log.appendsAreHeld = false;
    for (int each = 0; each < 200; each++) {
      bench.deliver(mail("m" + each));
    }
    Bench restarted = bench.rival();
    restarted.deliver(mail("m0")).assertValue(new Duplicate(id(2, 0), id(2, 0)));
    restarted.deliver(mail("new")).assertValue(new Stored(id(202, 0), id(2, 0)));
    assertThat(restarted.log.reads).isEqualTo(5);
  }

  @Test
  void failedLoadShouldBeRetryForAllAndThenWork() {
    bench.log.readsFail = true;
    bench.deliver(mail("a")).assertValue(new Retry("storage unavailable"));
    assertThat(bench.loads).containsExactly(false);

    bench.log.readsFail = false;
    bench.log.appendsAreHeld = false;
    bench.deliver(mail("a")).assertValueAt(0, Stored.class::isInstance);
  }

  @Test
  void loadThatHangsShouldNotKeepCallersBeyondTheDeadline() {
    bench.log.readsAreHeld = true;
    TestObserver<DeliverOutcome> deliver = bench.deliver(mail("a"));
    var read = bench.shard.getMessage(MAILBOX, id(2, 0)).test();
    bench.pass(DEFAULT.deadline());

    deliver.assertValueAt(0, Retry.class::isInstance);
    read.assertValueAt(0, ReadOutcome.Retry.class::isInstance);
  }

  @Test
  void failedCatchUpShouldBeRetryAndLaterGoOn() {
    bench.deliver(mail("x"));
    bench.log.takeOffer().carryOut();
    TestObserver<DeliverOutcome> late = bench.deliver(mail("late"));
    bench.rival().deliver(mail("quick"));
    bench.log.readsFail = true;
    bench.log.takeOffer().carryOut();
    late.assertValue(new Retry("storage unavailable"));

    bench.log.readsFail = false;
    bench.log.appendsAreHeld = false;
    bench.deliver(mail("quick")).assertValue(new Duplicate(id(3, 0), id(2, 0)));
    bench.deliver(mail("late")).assertValue(new Stored(id(4, 0), id(2, 0)));
  }

  @Test
  void loadsShouldBeBoundedAndWaitTheirTurn() {
    Bench narrow = new Bench(limits(new MailboxLimits.Shard(100, 1 << 20, 2, 1 << 20, 100)));
    narrow.log.readsAreHeld = true;
    narrow.log.appendsAreHeld = false;
    List<TestObserver<DeliverOutcome>> answers = new ArrayList<>();
    for (int user = 1; user <= 5; user++) {
      narrow.write(new LogId(new UserId(user), 1), 1, Bench.opened());
      answers.add(narrow.deliver(mail("a").delivery(new UserId(user), 1)));
    }
    assertThat(narrow.log.heldReads).hasSize(2);
    for (int page = 0; page < 10; page++) {
      assertThat(narrow.log.heldReads).hasSizeBetween(1, 2);
      narrow.log.answerRead();
    }
    assertThat(answers).allSatisfy(each -> each.assertValueAt(0, Stored.class::isInstance));
  }

  @Test
  void failedLoadsShouldGiveTheirTurnBack() {
    Bench narrow = new Bench(limits(new MailboxLimits.Shard(100, 1 << 20, 1, 1 << 20, 100)));
    narrow.log.readsFail = true;
    narrow.deliver(mail("a"));
    narrow.write(Bench.LOG, 2, new Stamp(new Incarnation(9, 9), 2), new byte[100]);
    narrow.log.readsFail = false;
    narrow.deliver(mail("a"));

    LogId other = new LogId(new UserId(94), 1);
    narrow.write(other, 1, Bench.opened());
    narrow.log.appendsAreHeld = false;
    narrow.deliver(mail("a").delivery(other.user(), 1)).assertValueAt(0, Stored.class::isInstance);
  }

  @Test
  void queueShouldBeBoundedByCount() {
    Bench narrow = new Bench(limits(new MailboxLimits.Queue(3, 1 << 20)));
    narrow.deliver(mail("a"));
    narrow.deliver(mail("b"));
    narrow.deliver(mail("c"));

    narrow.deliver(mail("d")).assertValue(new Retry("mailbox busy"));
    narrow.log.takeOffer().carryOut();
    narrow.deliver(mail("e")).assertEmpty();
  }

  @Test
  void queueShouldBeBoundedByBytes() {
    Bench narrow = new Bench(limits(new MailboxLimits.Queue(100, 10_000)));
    narrow.deliver(mail("large").text("x".repeat(20_000))).assertEmpty();
    narrow.deliver(mail("b")).assertValue(new Retry("mailbox busy"));
    narrow.log.takeOffer().carryOut();
    narrow.deliver(mail("c")).assertEmpty();
  }

  @Test
  void shardShouldBeBoundedByBytesAndMailboxes() {
    Bench narrow = new Bench(limits(new MailboxLimits.Shard(2, 50_000, 9, 1 << 20, 9)));
    for (int user = 1; user <= 3; user++) {
      narrow.write(new LogId(new UserId(user), 1), 1, Bench.opened());
    }
    Mails large = mail("large").text("x".repeat(20_000));
    narrow.deliver(large.delivery(new UserId(1), 1)).assertEmpty();
    narrow.deliver(large.delivery(new UserId(2), 1)).assertValue(new Retry("server busy"));
    narrow.deliver(mail("b").delivery(new UserId(2), 1)).assertEmpty();
    narrow.deliver(mail("c").delivery(new UserId(3), 1)).assertValue(new Retry("server busy"));
    assertThat(narrow.outcomes).hasSize(2);
  }

  @Test
  void tooLargeAMessageShouldBeRefusedAlone() {
    Mails large = mail("a").text("x".repeat(700_000));
    bench.deliver(large).assertValue(new Retry("message too large"));
  }

  @Test
  void mailboxWithoutWorkShouldStayInTheCache() {
    bench.log.appendsAreHeld = false;
    bench.deliver(mail("a"));
    int reads = bench.log.reads;
    bench.deliver(mail("b")).assertValue(new Stored(id(3, 0), id(2, 0)));
    assertThat(bench.log.reads).isEqualTo(reads);
  }

  @Test
  void mailboxThatLeftTheCacheShouldBeLoadedAgain() {
    Bench uncached = new Bench(limits(new MailboxLimits.Shard(9, 1 << 20, 9, 0, 9)));
    uncached.log.appendsAreHeld = false;
    uncached.deliver(mail("a"));
    int reads = uncached.log.reads;
    uncached.deliver(mail("a")).assertValue(new Duplicate(id(2, 0), id(2, 0)));
    assertThat(uncached.log.reads).isGreaterThan(reads);
  }

  @Test
  void mailboxWithWorkShouldNotDependOnTheCache() {
    Bench uncached = new Bench(limits(new MailboxLimits.Shard(9, 1 << 20, 9, 0, 9)));
    TestObserver<DeliverOutcome> first = uncached.deliver(mail("a"));
    uncached.log.takeOffer().answer(new InDoubt("time-out"));
    uncached.pass(Duration.ofSeconds(1));
    uncached.log.takeOffer().carryOut();
    first.assertValueAt(0, Stored.class::isInstance);
  }

  @Test
  void anotherThreadShouldBeRefused() {
    bench.deliver(mail("a"));
    var elsewhere = CompletableFuture.supplyAsync(() -> bench.deliver(mail("b")));
    elsewhere.join().assertError(IllegalStateException.class);
  }

  private void assertUnavailable(LogId id) {
    bench.deliver(mail("a").delivery(id.user(), 1)).assertValue(new Retry("mailbox unavailable"));
    assertThat(bench.log.offers).isEmpty();
    bench
        .shard
        .listThreads(new MailboxRef(id.user(), 1), PageRequest.first(1), Freshness.COMMITTED)
        .test()
        .assertValue(new ReadOutcome.Retry<>("mailbox unavailable"));
  }

  private static RecordedAction deliveredInto(Optional<Position> thread, ThreadReason reason) {
    Bytes people = Bytes.ofUtf8("people");
    Delivered delivered =
        new Delivered(
            new Action.Arrival(Channel.EMAIL, Standing.OUTSIDE, Mails.BOBS, 1),
            new Action.Placing(thread, reason, people),
            Action.Mail.NONE);
    return new RecordedAction(1, Optional.empty(), delivered, Optional.empty());
  }

  private static MailboxLimits limits(MailboxLimits.Shard shard) {
    return new MailboxLimits(DEFAULT.deadline(), DEFAULT.queue(), shard, 1 << 18);
  }

  private static MailboxLimits limits(MailboxLimits.Queue queue) {
    return new MailboxLimits(DEFAULT.deadline(), queue, DEFAULT.shard(), 1 << 18);
  }
}
