package io.tributary.mailbox;

import static io.tributary.mailbox.Mails.mail;
import static org.assertj.core.api.Assertions.assertThat;

import io.reactivex.rxjava3.observers.TestObserver;
import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.Position;
import io.tributary.mailbox.DeliverOutcome.Duplicate;
import io.tributary.mailbox.DeliverOutcome.Stored;
import io.tributary.storage.AppendResult;
import io.tributary.storage.FrozenEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MailboxQueueTest {
  private final Bench bench = new Bench();

  @Test
  void deliveryShouldBeAnsweredOnlyAfterTheCommit() {
    TestObserver<DeliverOutcome> first = bench.deliver(mail("a"));
    ScriptedLog.Offer offer = bench.log.takeOffer();

    assertThat(offer.entry.number()).isEqualTo(2);
    offer.apply();
    first.assertEmpty();
    offer.answer(new AppendResult.Appended());
    first.assertValue(new Stored(id(2, 0), id(2, 0)));
  }

  @Test
  void whatQueuesMeanwhileShouldGoTogetherIntoTheNextEntry() {
    bench.deliver(mail("a"));
    List<TestObserver<DeliverOutcome>> meanwhile = deliverMany(5);
    assertThat(bench.queueDepth).isEqualTo(6);
    bench.log.takeOffer().carryOut();

    ScriptedLog.Offer next = bench.log.takeOffer();
    assertThat(next.entry.number()).isEqualTo(3);
    meanwhile.forEach(TestObserver::assertEmpty);
    next.carryOut();

    for (int index = 0; index < 5; index++) {
      meanwhile.get(index).assertValue(new Stored(id(3, index), id(2, 0)));
    }
    assertThat(bench.appended).containsExactly(1, 5);
    assertThat(bench.queueDepth).isZero();
  }

  @Test
  void entryShouldHoldAtMost256Actions() {
    bench.deliver(mail("a"));
    List<TestObserver<DeliverOutcome>> meanwhile = deliverMany(300);
    bench.log.takeOffer().carryOut();
    bench.log.takeOffer().carryOut();
    bench.log.takeOffer().carryOut();

    assertThat(bench.appended).containsExactly(1, 256, 44);
    meanwhile.get(299).assertValue(new Stored(id(4, 43), id(2, 0)));
  }

  @Test
  void entryShouldStayUnderTheLargestSize() {
    bench.deliver(mail("a"));
    String text = "x".repeat(60_000);
    for (int each = 0; each < 30; each++) {
      bench.deliver(mail("m" + each).text(text));
    }
    while (!bench.log.offers.isEmpty()) {
      bench.log.takeOffer().carryOut();
    }

    assertThat(bench.appended).hasSizeBetween(4, 6);
    assertThat(bench.stored())
        .allMatch(each -> each.bytes().length() <= FrozenEntry.BYTES_MAX)
        .anyMatch(each -> each.bytes().length() > FrozenEntry.BYTES_MAX * 8 / 10);
  }

  @Test
  void duplicateOfACommittedKeyShouldBeAnsweredAtOnce() {
    deliverAndCommit("a");
    bench.deliver(mail("b"));

    bench.deliver(mail("a")).assertValue(new Duplicate(id(2, 0), id(2, 0)));
    assertThat(bench.log.offers).hasSize(1);
  }

  @Test
  void duplicateOfAKeyInFlightShouldWaitForThatOutcome() {
    bench.deliver(mail("a"));
    TestObserver<DeliverOutcome> again = bench.deliver(mail("a"));

    again.assertEmpty();
    bench.log.takeOffer().carryOut();
    again.assertValue(new Duplicate(id(2, 0), id(2, 0)));
    assertThat(bench.log.offers).isEmpty();
  }

  @Test
  void keyRepeatedWhileQueuedShouldBeDecidedOnce() {
    bench.deliver(mail("a"));
    TestObserver<DeliverOutcome> first = bench.deliver(mail("b"));
    TestObserver<DeliverOutcome> again = bench.deliver(mail("b"));
    TestObserver<DeliverOutcome> other = bench.deliver(mail("c"));
    bench.log.takeOffer().carryOut();

    again.assertEmpty();
    bench.log.takeOffer().carryOut();
    first.assertValue(new Stored(id(3, 0), id(2, 0)));
    other.assertValue(new Stored(id(3, 1), id(2, 0)));
    again.assertValue(new Duplicate(id(3, 0), id(2, 0)));
    assertThat(bench.log.offers).isEmpty();
  }

  @Test
  void mailWithoutAKeyShouldBeStoredEachTime() {
    bench.log.appendsAreHeld = false;
    bench.deliver(mail("a").keyless()).assertValue(new Stored(id(2, 0), id(2, 0)));
    bench.deliver(mail("a").keyless()).assertValue(new Stored(id(3, 0), id(2, 0)));
  }

  @Test
  void keyShouldCountForSevenDaysAndNoLonger() {
    bench.log.appendsAreHeld = false;
    bench.deliver(mail("a"));
    bench.pass(Duration.ofDays(7));
    bench.deliver(mail("a")).assertValue(new Duplicate(id(2, 0), id(2, 0)));
    bench.pass(Duration.ofMillis(1));
    bench.deliver(mail("a")).assertValue(new Stored(id(3, 0), id(2, 0)));
    bench.deliver(mail("a")).assertValue(new Duplicate(id(3, 0), id(2, 0)));
  }

  @Test
  void answerShouldGoOutWhenTheMailboxIsInOrder() {
    bench.log.appendsAreHeld = false;
    List<DeliverOutcome> chain = new ArrayList<>();
    var unused =
        bench
            .shard
            .deliver(mail("a").delivery())
            .doOnSuccess(chain::add)
            .flatMap(stored -> bench.shard.deliver(mail("b").delivery()))
            .doOnSuccess(chain::add)
            .flatMap(stored -> bench.shard.deliver(mail("a").delivery()))
            .subscribe(last -> chain.add(last));

    assertThat(chain)
        .containsExactly(
            new Stored(id(2, 0), id(2, 0)),
            new Stored(id(3, 0), id(2, 0)),
            new Duplicate(id(2, 0), id(2, 0)));
  }

  @Test
  void callerThatGoesAwayShouldTakeNothingBack() {
    bench.deliver(mail("a"));
    bench.deliver(mail("b")).dispose();
    bench.log.takeOffer().carryOut();
    bench.log.takeOffer().carryOut();

    assertThat(bench.entries()).hasSize(3);
  }

  private List<TestObserver<DeliverOutcome>> deliverMany(int count) {
    List<TestObserver<DeliverOutcome>> answers = new ArrayList<>();
    for (int each = 0; each < count; each++) {
      answers.add(bench.deliver(mail("m" + each)));
    }
    return answers;
  }

  private void deliverAndCommit(String key) {
    bench.deliver(mail(key));
    bench.log.takeOffer().carryOut();
  }

  static MessageId id(long entry, int index) {
    return new MessageId(Mails.BOB, Position.of(entry, index));
  }
}
