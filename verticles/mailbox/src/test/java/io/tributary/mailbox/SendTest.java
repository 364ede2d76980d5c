package io.tributary.mailbox;

import static io.tributary.mailbox.MailboxReadsTest.found;
import static io.tributary.mailbox.Mails.MAILBOX;
import static io.tributary.mailbox.Mails.mail;
import static io.tributary.mailbox.Sends.CAROL;
import static io.tributary.mailbox.Sends.TO_CAROL;
import static io.tributary.mailbox.Sends.TO_DAVE;
import static io.tributary.mailbox.Sends.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.message.Channel;
import io.tributary.codecs.message.Delivery;
import io.tributary.codecs.message.Folder;
import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.MessageView;
import io.tributary.codecs.message.Origin;
import io.tributary.codecs.message.Position;
import io.tributary.codecs.message.RecipientState;
import io.tributary.mailbox.CommandOutcome.Done;
import io.tributary.mailbox.CommandOutcome.IdReused;
import io.tributary.mailbox.CommandOutcome.Invalid;
import io.tributary.mailbox.CommandOutcome.NotHere;
import io.tributary.mailbox.CommandOutcome.Retry;
import io.tributary.mailbox.DeliverOutcome.Duplicate;
import io.tributary.mailbox.DeliverOutcome.Stored;
import io.tributary.storage.AppendResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SendTest {
  private final Bench bench = new Bench();

  @Test
  void sentMessageShouldStandInTheSendersMailbox() {
    bench.log.appendsAreHeld = false;
    bench.execute(send("1", "hello", Optional.empty(), TO_CAROL, TO_DAVE));

    MessageView view = found(bench.shard.getMessage(MAILBOX, id(2, 0)));
    assertThat(view.channel()).isEqualTo(Channel.CHAT);
    assertThat(view.verified()).isTrue();
    assertThat(view.from()).isEqualTo(Mails.BOBS);
    assertThat(view.to()).containsExactly(Address.parse("chat:carol"), Address.parse("chat:dave"));
    assertThat(view.text()).isEqualTo("hello");
    assertThat(view.receivedMillis()).isEqualTo(1_000_000);
  }

  @Test
  void messageToNobodyElseShouldBeKeptAsANote() {
    bench.log.appendsAreHeld = false;
    bench.execute(send("1")).assertValue(new Done(Position.of(2, 0), false));
    bench.execute(send("2")).assertValue(new Done(Position.of(3, 0), false));
    bench.execute(send("3", TO_CAROL)).assertValueCount(1);

    MessageView note = found(bench.shard.getMessage(MAILBOX, id(3, 0)));
    assertThat(note.thread()).isEqualTo(id(2, 0));
    assertThat(note.from()).isEqualTo(Mails.BOBS);
    assertThat(note.to()).containsExactly(Mails.BOBS);
    assertThat(note.marks().recipients())
        .containsExactly(new RecipientState(Mails.BOBS, RecipientState.State.DELIVERED));
    assertThat(found(bench.shard.threadOf(MAILBOX, Set.of()))).isEqualTo(id(2, 0));
    assertThat(found(bench.shard.threadPeople(MAILBOX, id(2, 0))))
        .isEqualTo(new ThreadPeople(Set.of(), List.of()));
    assertThat(threads(bench))
        .extracting(ThreadView::id, ThreadView::messages, thread -> thread.marks().folder())
        .containsExactly(tuple(id(4, 0), 1, Folder.MESSAGES), tuple(id(2, 0), 2, Folder.MESSAGES));
    assertThat(threads(bench.rival())).isEqualTo(threads(bench));
  }

  @Test
  void noteShouldBeOwedToNobody() {
    bench.log.appendsAreHeld = false;
    bench.execute(send("1")).assertValueCount(1);
    bench.execute(send("2", Sends.local("email:bob@example.com", Mails.BOB))).assertValueCount(1);
    bench.pass(Duration.ofMinutes(1));

    assertThat(bench.post.letters).isEmpty();
    assertThat(found(bench.shard.stats(MAILBOX)).counts().owed()).isZero();
    assertThat(bench.markers.stands(Bench.LOG)).isFalse();
    assertThat(threads(bench)).hasSize(1);
  }

  @Test
  void notesThreadShouldTakeMessagesByItsName() {
    bench.log.appendsAreHeld = false;
    bench.execute(send("1")).assertValueCount(1);
    Optional<MessageId> thread = Optional.of(id(2, 0));

    bench.execute(send("2", "more", thread)).assertValue(new Done(Position.of(3, 0), false));
    bench.execute(send("2", "more", thread)).assertValue(new Done(Position.of(3, 0), true));

    assertThat(threads(bench)).extracting(ThreadView::messages).containsExactly(2);
    assertThat(bench.markers.calls).isEmpty();
  }

  private static List<ThreadView> threads(Bench bench) {
    return found(bench.shard.listThreads(MAILBOX, PageRequest.first(50), Freshness.COMMITTED))
        .items();
  }

  @Test
  void sameIdShouldSendOnce() {
    bench.log.appendsAreHeld = false;
    Done first = new Done(Position.of(2, 0), false);
    bench.execute(send("1", TO_CAROL)).assertValue(first);

    bench.execute(send("1", TO_CAROL)).assertValue(new Done(Position.of(2, 0), true));
    bench.execute(send("1", "other", Optional.empty(), TO_CAROL)).assertValue(new IdReused());
    assertThat(bench.stored()).hasSize(2);
  }

  @Test
  void repetitionOfWhatIsUnderWayShouldWaitForItsOutcome() {
    var first = bench.execute(send("1", TO_CAROL));
    var same = bench.execute(send("1", TO_CAROL));
    var other = bench.execute(send("1", "other", Optional.empty(), TO_CAROL));
    ScriptedLog.Offer offer = bench.log.takeOffer();
    offer.answer(new AppendResult.InDoubt("scripted"));
    same.assertEmpty();
    bench.pass(Duration.ofSeconds(1));
    bench.log.takeOffer().carryOut();

    first.assertValue(new Done(Position.of(2, 0), false));
    same.assertValue(new Done(Position.of(2, 0), true));
    other.assertValue(new IdReused());
    assertThat(bench.stored()).hasSize(2);
  }

  @Test
  void repetitionWithinOneEntryShouldWaitToo() {
    bench.deliver(mail("x"));
    var first = bench.execute(send("1", TO_CAROL));
    var same = bench.execute(send("1", TO_CAROL));
    bench.log.takeOffer().carryOut();
    bench.log.takeOffer().carryOut();

    first.assertValue(new Done(Position.of(3, 0), false));
    same.assertValue(new Done(Position.of(3, 0), true));
  }

  @Test
  void sendsAndDeliveriesShouldShareAnEntryInTheirOrder() {
    bench.deliver(mail("x"));
    bench.deliver(mail("a"));
    var sent = bench.execute(send("1", TO_CAROL));
    var delivered = bench.deliver(mail("b"));
    bench.log.takeOffer().carryOut();
    bench.log.takeOffer().carryOut();

    sent.assertValue(new Done(Position.of(3, 1), false));
    assertThat(((Stored) delivered.values().get(0)).id()).isEqualTo(id(3, 2));
  }

  @Test
  void callerShouldBeToldAtTheDeadline() {
    var sent = bench.execute(send("1", TO_CAROL));
    bench.pass(Duration.ofSeconds(11));
    sent.assertValue(new Retry("storage did not answer in time"));
  }

  @Test
  void mailboxThatIsNotHereShouldSaySo() {
    bench
        .shard
        .execute(new MailboxRef(CAROL, 1), send("1", TO_DAVE))
        .test()
        .assertValue(new NotHere());
  }

  @Test
  void textBeyondTheLimitShouldBeRefused() {
    String most = "é".repeat(32 * 1024);
    bench.log.appendsAreHeld = false;
    bench.execute(send("1", most, Optional.empty(), TO_CAROL)).assertValueCount(1);
    assertThat(found(bench.shard.getMessage(MAILBOX, id(2, 0))).text()).isEqualTo(most);

    var more = bench.execute(send("2", most + "x", Optional.empty(), TO_CAROL));
    assertThat(more.values().get(0)).isInstanceOf(Invalid.class);
  }

  @Test
  void copyShouldBeTakenOnceForEver() {
    bench.log.appendsAreHeld = false;
    bench.deliver(copy(3)).assertValue(new Stored(id(2, 0), id(2, 0)));
    bench.deliver(copy(1)).assertValue(new Stored(id(3, 0), id(2, 0)));
    bench.pass(Duration.ofDays(30));

    bench.deliver(copy(3)).assertValue(new Duplicate(id(2, 0), id(2, 0)));
    bench.deliver(copy(1)).assertValue(new Duplicate(id(3, 0), id(2, 0)));
    bench.rival().deliver(copy(1)).assertValue(new Duplicate(id(3, 0), id(2, 0)));
  }

  @Test
  void copiesUnderWayShouldWaitForEachOther() {
    bench.deliver(mail("x"));
    var first = bench.deliver(copy(1));
    var second = bench.deliver(copy(1));
    bench.log.takeOffer().carryOut();
    bench.log.takeOffer().carryOut();

    first.assertValue(new Stored(id(3, 0), id(3, 0)));
    second.assertValue(new Duplicate(id(3, 0), id(3, 0)));
  }

  private static Delivery copy(long position) {
    Delivery mail = mail("a").keyless().from("chat:carol").delivery();
    return new Delivery(
        mail.recipient(),
        Optional.empty(),
        Optional.of(new Origin(CAROL, Position.of(position, 0))),
        mail.envelope(),
        mail.content(),
        mail.known());
  }

  private static MessageId id(long entry, int index) {
    return new MessageId(Mails.BOB, Position.of(entry, index));
  }
}
