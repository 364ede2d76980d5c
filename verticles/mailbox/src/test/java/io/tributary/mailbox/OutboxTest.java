package io.tributary.mailbox;

import static io.tributary.mailbox.Mails.MAILBOX;
import static io.tributary.mailbox.Mails.mail;
import static io.tributary.mailbox.Sends.TO_ANN;
import static io.tributary.mailbox.Sends.TO_CAROL;
import static io.tributary.mailbox.Sends.TO_DAVE;
import static io.tributary.mailbox.Sends.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.Channel;
import io.tributary.codecs.message.Delivery;
import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.Origin;
import io.tributary.codecs.message.Position;
import io.tributary.codecs.message.Recipient;
import io.tributary.codecs.message.RecipientState;
import io.tributary.codecs.message.RecipientState.State;
import io.tributary.mailbox.CommandOutcome.Done;
import io.tributary.mailbox.CommandOutcome.Retry;
import io.tributary.storage.AppendResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private static final Done SENT = new Done(Position.of(2, 0), false);

  private final Bench bench = new Bench();

  @Test
  void markerShouldStandBeforeTheEntryIsOffered() {
    bench.markers.marksAreHeld = true;
    var sent = bench.execute(send("1", TO_CAROL));

    assertThat(bench.markers.calls).containsExactly("mark 2");
    assertThat(bench.log.offers).isEmpty();
    bench.markers.heldMarks.get(0).onComplete();
    bench.log.takeOffer().carryOut();
    sent.assertValue(SENT);
  }

  @Test
  void senderShouldRetryAndOthersGoOnWhenTheMarkerCannotBeWritten() {
    bench.markers.marksFail = true;
    var sent = bench.execute(send("1", TO_CAROL));

    sent.assertValue(new Retry("storage unavailable"));
    var delivered = bench.deliver(mail("a"));
    bench.log.takeOffer().carryOut();
    delivered.assertValueCount(1);
    bench.markers.marksFail = false;
    var again = bench.execute(send("1", TO_CAROL));
    bench.log.takeOffer().carryOut();
    again.assertValue(new Done(Position.of(3, 0), false));
  }

  @Test
  void takenEntryShouldBeMarkedAgainWithItsNewNumber() {
    var sent = bench.execute(send("1", TO_CAROL));
    bench.rival().deliver(mail("a"));
    bench.log.takeOffer().carryOut();

    assertThat(bench.markers.calls).containsExactly("mark 2", "mark 3");
    bench.log.takeOffer().carryOut();
    sent.assertValue(new Done(Position.of(3, 0), false));
  }

  /** However many entries were written before it. */
  @Test
  void whatWasJustSentShouldBeCarriedWithoutReadingTheLog() {
    Bench small = new Bench(MailboxLimits.of(MailboxLimits.DEFAULT.queue(), 200_000));
    for (int number = 0; number < 200; number++) {
      sendAndSettle(small, "m" + number);
    }

    int before = small.log.readEachs;
    for (int number = 200; number < 300; number++) {
      sendAndSettle(small, "m" + number);
    }

    assertThat(small.log.readEachs).isEqualTo(before);
  }

  @Test
  void staleRemovalShouldNotTakeANeededMarkerAway() {
    Bench rival = bench.rival();
    sendAndSettle(bench, "1");
    rival.shard.wake(MAILBOX).test().assertComplete();
    assertThat(bench.markers.stands(Bench.LOG)).isFalse();

    bench.execute(send("2", TO_CAROL));
    bench.log.takeOffer().carryOut();
    rival.markers.clear(Bench.LOG, 3).blockingAwait(); // a removal that was under way
    assertThat(bench.markers.stands(Bench.LOG)).isTrue();
  }

  @Test
  void whoGoesOnWritingShouldBeMarkedOnce() {
    bench.log.appendsAreHeld = false;
    for (int each = 0; each < 10; each++) {
      bench.execute(send("m" + each, TO_CAROL));
      bench.post.take().arrived();
    }
    assertThat(bench.markers.calls).containsExactly("mark 2");

    bench.pass(Duration.ofMillis(60));
    assertThat(owed(bench)).isZero();
    assertThat(bench.markers.calls).hasSize(1);
    bench.pass(Duration.ofSeconds(6));
    assertThat(bench.markers.calls).hasSize(2);
    assertThat(bench.markers.stands(Bench.LOG)).isFalse();
  }

  @Test
  void copyShouldSayWhatWasSentByWhomToWhom() {
    bench.execute(send("1", TO_CAROL, TO_DAVE));
    assertThat(bench.post.letters).isEmpty();
    bench.log.takeOffer().carryOut();

    Delivery copy = bench.post.letters.get(0).copy();
    Address bob = Mails.BOBS;
    assertThat(copy.origin()).contains(new Origin(Mails.BOB, Position.of(2, 0)));
    assertThat(copy.key()).isEmpty();
    assertThat(copy.recipient())
        .isEqualTo(new Recipient(Sends.CAROL, 1, Address.parse("chat:carol")));
    assertThat(copy.envelope().channel()).isEqualTo(Channel.CHAT);
    assertThat(copy.envelope().from().address()).isEqualTo(bob);
    assertThat(copy.envelope().from().verified()).isTrue();
    assertThat(copy.envelope().to())
        .containsExactly(Address.parse("chat:carol"), Address.parse("chat:dave"));
    assertThat(copy.content().text()).isEqualTo("text of 1");
    assertThat(copy.known().users())
        .containsEntry(bob, Mails.BOB)
        .containsEntry(Address.parse("chat:carol"), Sends.CAROL)
        .containsEntry(Address.parse("chat:dave"), Sends.DAVE);
  }

  @Test
  void copiesForOneRecipientShouldGoOneAfterTheOtherAsTheyWereSent() {
    bench.log.appendsAreHeld = false;
    bench.execute(send("1", TO_CAROL));
    bench.execute(send("2", TO_CAROL, TO_DAVE));
    bench.execute(send("3", TO_CAROL));

    assertThat(texts()).containsExactly("text of 1 to chat:carol", "text of 2 to chat:dave");
    bench.post.letters.remove(0).retry();
    assertThat(texts()).containsExactly("text of 2 to chat:dave");
    bench.pass(Duration.ofSeconds(10));
    assertThat(texts()).containsExactly("text of 2 to chat:dave", "text of 1 to chat:carol");
    bench.post.letters.remove(1).arrived();
    assertThat(texts()).containsExactly("text of 2 to chat:dave", "text of 2 to chat:carol");
    bench.post.letters.remove(1).failed();
    assertThat(texts()).containsExactly("text of 2 to chat:dave", "text of 3 to chat:carol");
  }

  private List<String> texts() {
    return bench.post.letters.stream()
        .map(
            letter ->
                letter.copy().content().text() + " to " + letter.copy().recipient().resolvedBy())
        .toList();
  }

  @Test
  void recipientsShouldBeSettledWhenTheirCopiesAreAndNotBefore() {
    bench.execute(send("1", TO_CAROL, TO_DAVE, TO_ANN));
    bench.log.takeOffer().carryOut();
    bench.post.letters.remove(0).arrived();
    bench.post.letters.remove(0).failed();
    assertThat(states(bench)).containsExactly(State.OWED, State.OWED, State.OWED);

    bench.pass(Duration.ofMillis(60));
    bench.log.takeOffer().carryOut();
    assertThat(states(bench)).containsExactly(State.DELIVERED, State.FAILED, State.OWED);
    assertThat(owed(bench)).isEqualTo(1);
    bench.pass(Duration.ofMinutes(5));
    assertThat(bench.post.letters).isEmpty();
    assertThat(bench.markers.stands(Bench.LOG)).isTrue();
  }

  @Test
  void settlementsShouldGoWithWhateverElseIsRecorded() {
    bench.execute(send("1", TO_CAROL));
    bench.log.takeOffer().carryOut();
    bench.post.take().arrived();
    bench.deliver(mail("a"));

    assertThat(bench.log.takeOffer().entry.number()).isEqualTo(3);
    bench.pass(Duration.ofSeconds(1));
    assertThat(bench.log.offers).isEmpty();
  }

  @Test
  void copyShouldBeCarriedAgainUntilItArrives() {
    bench.log.appendsAreHeld = false;
    bench.execute(send("1", TO_CAROL));
    for (int attempt = 0; attempt < 12; attempt++) {
      bench.post.take().retry();
      awaitLetter();
    }
    bench.post.take().arrived();
    bench.pass(Duration.ofSeconds(1));

    assertThat(owed(bench)).isZero();
    assertThat(bench.markers.stands(Bench.LOG)).isTrue();
    bench.pass(Duration.ofSeconds(6));
    assertThat(bench.markers.stands(Bench.LOG)).isFalse();
  }

  @Test
  void newMessagesShouldNotHurryWhatWaits() {
    bench.log.appendsAreHeld = false;
    bench.execute(send("1", TO_CAROL));
    for (int attempt = 0; attempt < 9; attempt++) {
      bench.post.take().retry();
      awaitLetter();
    }
    bench.post.take().retry();
    bench.deliver(mail("a"));
    bench.execute(send("2", TO_DAVE));

    assertThat(bench.post.take().copy().recipient().user()).isEqualTo(Sends.DAVE);
  }

  @Test
  void ownerAfterACrashShouldCarryWhatIsOwed() {
    bench.execute(send("1", TO_CAROL));
    bench.log.takeOffer().apply(); // the owner dies before it hears
    Bench next = bench.rival();
    next.shard.wake(MAILBOX).test().assertComplete();
    next.post.take().arrived();
    next.pass(Duration.ofMillis(60));

    assertThat(owed(next)).isZero();
    assertThat(next.markers.stands(Bench.LOG)).isTrue();
    next.pass(Duration.ofSeconds(6));
    assertThat(next.markers.stands(Bench.LOG)).isFalse();
  }

  @Test
  void ownerAfterACrashBetweenCarryingAndSettlingShouldCarryAgain() {
    bench.log.appendsAreHeld = false;
    bench.execute(send("1", TO_CAROL));
    bench.post.take().arrived();
    Bench next = bench.rival();
    next.shard.wake(MAILBOX).test().assertComplete();

    assertThat(next.post.take().copy().origin()).contains(new Origin(Mails.BOB, Position.of(2, 0)));
  }

  @Test
  void markerWithoutWorkShouldBeTakenAway() {
    sendAndSettle(bench, "1");
    Bench next = bench.rival();
    assertThat(next.markers.stands(Bench.LOG)).isTrue();
    next.shard.wake(MAILBOX).test().assertComplete();

    assertThat(next.markers.calls).containsExactly("clear 3");
    assertThat(next.markers.stands(Bench.LOG)).isFalse();
  }

  @Test
  void settlementInDoubtShouldNotBeCarriedAgain() {
    bench.execute(send("1", TO_CAROL));
    bench.log.takeOffer().carryOut();
    bench.post.take().arrived();
    bench.pass(Duration.ofMillis(60));
    bench.log.takeOffer().answer(new AppendResult.InDoubt("scripted"));
    bench.pass(Duration.ofSeconds(2));
    bench.log.takeOffer().carryOut();

    assertThat(owed(bench)).isZero();
    assertThat(bench.post.letters).isEmpty();
  }

  @Test
  void copiesOnTheirWayShouldBeBounded() {
    List<Command.Target> many = new ArrayList<>();
    for (int each = 1; each <= 1_000; each++) {
      many.add(Sends.local("chat:u" + each, new UserId(each)));
    }
    bench.log.appendsAreHeld = false;
    bench.execute(Sends.sendTo("1", many));
    int arrived = 0;
    while (!bench.post.letters.isEmpty()) {
      assertThat(bench.post.letters).hasSizeLessThanOrEqualTo(16);
      bench.post.letters.remove(0).arrived();
      arrived++;
    }
    bench.pass(Duration.ofMillis(60));

    assertThat(arrived).isEqualTo(1_000);
    assertThat(owed(bench)).isZero();
    assertThat(bench.entries()).hasSizeLessThanOrEqualTo(5);
  }

  @Test
  void messageToOneselfShouldOweNothing() {
    bench.log.appendsAreHeld = false;
    bench.execute(send("1", Sends.local("email:bob@example.com", Mails.BOB))).assertValue(SENT);

    assertThat(bench.post.letters).isEmpty();
    assertThat(states(bench)).containsExactly(State.DELIVERED);
  }

  private void awaitLetter() {
    for (int seconds = 0; seconds < 61 && bench.post.letters.isEmpty(); seconds++) {
      bench.pass(Duration.ofSeconds(1));
    }
  }

  private static void sendAndSettle(Bench bench, String id) {
    bench.execute(send(id, TO_CAROL));
    bench.log.takeOffer().carryOut();
    bench.post.take().arrived();
    bench.pass(Duration.ofMillis(60));
    bench.log.takeOffer().carryOut();
  }

  private static long owed(Bench bench) {
    return MailboxReadsTest.found(bench.shard.stats(MAILBOX)).counts().owed();
  }

  private static List<State> states(Bench bench) {
    MessageId id = new MessageId(Mails.BOB, Position.of(2, 0));
    return MailboxReadsTest.found(bench.shard.getMessage(MAILBOX, id)).marks().recipients().stream()
        .map(RecipientState::state)
        .toList();
  }
}
