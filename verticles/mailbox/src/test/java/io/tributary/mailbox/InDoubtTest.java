package io.tributary.mailbox;

import static io.tributary.mailbox.MailboxQueueTest.id;
import static io.tributary.mailbox.Mails.mail;
import static org.assertj.core.api.Assertions.assertThat;

import io.reactivex.rxjava3.observers.TestObserver;
import io.tributary.codecs.identity.Incarnation;
import io.tributary.codecs.identity.Stamp;
import io.tributary.codecs.log.Action.Delivered;
import io.tributary.codecs.log.Entry;
import io.tributary.codecs.log.EntryCodec;
import io.tributary.mailbox.DeliverOutcome.Duplicate;
import io.tributary.mailbox.DeliverOutcome.Retry;
import io.tributary.mailbox.DeliverOutcome.Stored;
import io.tributary.storage.AppendResult;
import io.tributary.storage.AppendResult.InDoubt;
import io.tributary.storage.AppendResult.NotApplied;
import io.tributary.storage.FrozenEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InDoubtTest {
  private final Bench bench = new Bench();

  @Test
  void entryInDoubtShouldBeOfferedAgainUnchangedUntilResolved() {
    TestObserver<DeliverOutcome> first = bench.deliver(mail("a"));
    FrozenEntry frozen = bench.log.offers.get(0).entry;
    bench.log.takeOffer().answer(new InDoubt("time-out"));
    bench.deliver(mail("b"));
    bench.deliver(mail("c"));

    for (int attempt = 0; attempt < 6; attempt++) {
      bench.pass(Duration.ofSeconds(1));
      ScriptedLog.Offer again = bench.log.takeOffer();
      assertThat(again.entry).isEqualTo(frozen);
      again.answer(new InDoubt("reset"));
    }
    first.assertEmpty();
    assertThat(bench.inDoubt).isEqualTo(1);

    bench.pass(Duration.ofSeconds(1));
    bench.log.takeOffer().carryOut();
    first.assertValue(new Stored(id(2, 0), id(2, 0)));
    assertThat(bench.inDoubt).isZero();
    assertThat(bench.log.takeOffer().entry.number()).isEqualTo(3);
  }

  @Test
  void entryThatLandedThoughInDoubtShouldStandOnce() {
    TestObserver<DeliverOutcome> first = bench.deliver(mail("a"));
    ScriptedLog.Offer lost = bench.log.takeOffer();
    lost.apply();
    lost.answer(new InDoubt("reset"));
    bench.pass(Duration.ofSeconds(1));
    bench.log.takeOffer().carryOut();

    first.assertValue(new Stored(id(2, 0), id(2, 0)));
    assertThat(bench.stored()).hasSize(2);
  }

  @Test
  void entryCertainlyNotAppliedShouldBeOfferedAgainUnchanged() {
    TestObserver<DeliverOutcome> first = bench.deliver(mail("a"));
    FrozenEntry frozen = bench.log.offers.get(0).entry;
    bench.log.takeOffer().answer(new NotApplied("too busy"));
    bench.deliver(mail("b"));
    bench.pass(Duration.ofSeconds(1));

    assertThat(bench.log.offers.get(0).entry).isEqualTo(frozen);
    assertThat(bench.inDoubt).isZero();
    bench.log.takeOffer().carryOut();
    first.assertValue(new Stored(id(2, 0), id(2, 0)));
  }

  @Test
  void pausesShouldGrowToASecondAndBeJittered() {
    bench.deliver(mail("a"));
    List<Long> pauses = new ArrayList<>();
    for (int attempt = 0; attempt < 30; attempt++) {
      bench.log.takeOffer().answer(new InDoubt("time-out"));
      long pause = 0;
      for (; bench.log.offers.isEmpty(); pause++) {
        bench.pass(Duration.ofMillis(1));
      }
      pauses.add(pause);
    }

    assertThat(pauses.get(0)).isBetween(25L, 50L);
    assertThat(pauses).allMatch(pause -> pause <= 1_000);
    assertThat(pauses.subList(6, 30)).allMatch(pause -> pause >= 500);
    assertThat(pauses.subList(6, 30).stream().distinct().count()).isGreaterThan(10);
  }

  @Test
  void duplicateOfAKeyInDoubtShouldWaitForThatOutcome() {
    bench.deliver(mail("a"));
    bench.log.takeOffer().answer(new InDoubt("time-out"));
    TestObserver<DeliverOutcome> again = bench.deliver(mail("a"));
    bench.pass(Duration.ofSeconds(1));

    again.assertEmpty();
    bench.log.takeOffer().carryOut();
    again.assertValue(new Duplicate(id(2, 0), id(2, 0)));
  }

  @Test
  void callerShouldHearAtTheDeadlineWhileTheEntryGoesOn() {
    TestObserver<DeliverOutcome> first = bench.deliver(mail("a"));
    bench.pass(Duration.ofMillis(9_999));
    first.assertEmpty();
    bench.pass(Duration.ofMillis(1));
    first.assertValueAt(0, Retry.class::isInstance);

    TestObserver<DeliverOutcome> again = bench.deliver(mail("a"));
    bench.log.takeOffer().carryOut();
    first.assertValueCount(1);
    again.assertValue(new Duplicate(id(2, 0), id(2, 0)));
    assertThat(bench.entries()).hasSize(2);
  }

  @Test
  void deliveryThatWaitedInVainShouldNotBeWritten() {
    bench.deliver(mail("a"));
    TestObserver<DeliverOutcome> second = bench.deliver(mail("b"));
    bench.pass(Duration.ofSeconds(10));
    second.assertValueAt(0, Retry.class::isInstance);

    bench.log.takeOffer().carryOut();
    assertThat(bench.log.offers).isEmpty();
    assertThat(bench.queueDepth).isZero();
  }

  @Test
  void takenNumberShouldBeDecidedAgainOnWhatStandsThere() {
    bench.deliver(mail("first"));
    bench.log.takeOffer().carryOut();
    // both begin a thread of new people; the rival is quicker
    TestObserver<DeliverOutcome> late = bench.deliver(mail("late").from("email:cy@example.org"));
    bench.rival().deliver(mail("quick").from("email:cy@example.org"));
    bench.log.takeOffer().carryOut();

    late.assertEmpty();
    assertThat(bench.outrun).isEqualTo(1);
    ScriptedLog.Offer again = bench.log.takeOffer();
    assertThat(again.entry.number()).isEqualTo(4);
    again.carryOut();
    late.assertValue(new Stored(id(4, 0), id(3, 0)));
    Delivered decided = (Delivered) bench.entries().get(3).actions().get(0).action();
    assertThat(decided.thread()).contains(id(3, 0).position());
  }

  @Test
  void takenNumberWithTheSameKeyShouldMakeItADuplicate() {
    TestObserver<DeliverOutcome> late = bench.deliver(mail("a"));
    bench.rival().deliver(mail("a"));
    bench.log.takeOffer().carryOut();

    late.assertValue(new Duplicate(id(2, 0), id(2, 0)));
    assertThat(bench.entries()).hasSize(2);
  }

  @Test
  void orderShouldSurviveATakenNumber() {
    bench.deliver(mail("a"));
    bench.deliver(mail("b"));
    bench.deliver(mail("c"));
    bench.rival().deliver(mail("z"));
    bench.log.takeOffer().carryOut();
    bench.log.takeOffer().carryOut();

    assertThat(bench.entries().get(2).actions())
        .extracting(each -> each.key().orElseThrow())
        .containsExactly(
            mail("a").delivery().key().orElseThrow(),
            mail("b").delivery().key().orElseThrow(),
            mail("c").delivery().key().orElseThrow());
  }

  @Test
  void takenAfterTheDeadlineShouldBeDropped() {
    bench.deliver(mail("a"));
    bench.pass(Duration.ofSeconds(10));
    bench.rival().deliver(mail("z"));
    bench.log.takeOffer().carryOut();

    assertThat(bench.log.offers).isEmpty();
    assertThat(bench.queueDepth).isZero();
  }

  @Test
  void takenNumberThatReadsAsAbsentShouldNotBeTriedForEver() {
    TestObserver<DeliverOutcome> first = bench.deliver(mail("a"));
    bench.log.takeOffer().answer(new AppendResult.SequenceTaken());

    first.assertValue(new Retry("mailbox unavailable"));
    assertThat(bench.log.offers).isEmpty();
  }

  @Test
  void brokenStorageCallShouldCountAsInDoubt() {
    TestObserver<DeliverOutcome> first = bench.deliver(mail("a"));
    bench.log.takeOffer().fail(new IllegalStateException("scripted"));
    bench.pass(Duration.ofSeconds(1));
    bench.log.takeOffer().carryOut();

    first.assertValue(new Stored(id(2, 0), id(2, 0)));
  }

  @Test
  void anEntryOfANewerFormatAtItsNumberShouldEndTheDoubtAndBeLeftAlone() {
    Bench bench = new Bench();
    var caller = bench.deliver(mail("a"));
    Stamp stamp = new Stamp(new Incarnation(9, 9), 2);
    byte[] newer = EntryCodec.encode(new Entry(stamp, Bench.opened()));
    newer[0] = 9;
    bench.write(Bench.LOG, 2, stamp, newer);

    bench.log.takeOffer().answer(new AppendResult.InDoubt("scripted"));
    assertThat(bench.inDoubt).isEqualTo(1);
    bench.pass(Duration.ofSeconds(2));
    bench.log.takeOffer().carryOut();

    caller.assertValue(DeliverOutcome.Retry.class::isInstance);
    assertThat(bench.inDoubt).isZero();
    assertThat(bench.stored()).hasSize(2);
    bench.deliver(mail("b")).assertValue(DeliverOutcome.Retry.class::isInstance);
  }
}
