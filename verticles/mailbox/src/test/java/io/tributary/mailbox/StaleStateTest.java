package io.tributary.mailbox;

import static io.tributary.mailbox.Mails.mail;
import static io.tributary.mailbox.Sends.TO_CAROL;
import static io.tributary.mailbox.Sends.request;
import static io.tributary.mailbox.Sends.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.Position;
import io.tributary.codecs.message.SmsStatus;
import io.tributary.mailbox.Command.Edit;
import io.tributary.mailbox.Command.MarkRead;
import io.tributary.mailbox.Command.Modify;
import io.tributary.mailbox.Command.NoteSmsStatus;
import io.tributary.mailbox.Command.Scope;
import io.tributary.mailbox.Command.SetAddresses;
import io.tributary.mailbox.Command.SetContact;
import io.tributary.mailbox.Command.Undo;
import io.tributary.mailbox.CommandOutcome.Done;
import io.tributary.mailbox.CommandOutcome.NoSuch;
import io.tributary.mailbox.CommandOutcome.Retry;
import io.tributary.mailbox.DeliverOutcome.NotMine;
import io.tributary.mailbox.DeliverOutcome.Stored;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * An owner that missed what another has written refuses nothing, and says of nothing that it is so
 * already, before it has read on.
 */
class StaleStateTest {
  private static final Address CHAT = Address.parse("chat:bob");

  private final Bench bench = new Bench();
  private final Bench rival = bench.rival();
  private MessageId known = new MessageId(Mails.BOB, Position.START);

  @BeforeEach
  void load() {
    bench.log.appendsAreHeld = false;
    known = stored(bench, mail("known"));
  }

  @Test
  void aThreadThatAnotherOwnerBeganShouldBeThere() {
    MessageId thread = stored(rival, mail("a").from("email:eve@example.org"));

    bench
        .execute(send("1", "text", Optional.of(thread), TO_CAROL))
        .assertValue(new Done(Position.of(4, 0), false));
  }

  @Test
  void aChangeThatAnotherOwnerMadeShouldBeUndone() {
    rival.execute(flag("r", known, List.of("work"), List.of()));

    bench
        .execute(new Undo(request("u", ""), Position.of(3, 0)))
        .assertValue(new Done(Position.of(4, 0), false));
  }

  @Test
  void whatAnotherOwnerTookBackShouldBeDoneAgain() {
    bench.execute(flag("1", known, List.of("work"), List.of()));
    rival.execute(flag("2", known, List.of(), List.of("work")));

    bench
        .execute(flag("3", known, List.of("work"), List.of()))
        .assertValue(new Done(Position.of(5, 0), false));
  }

  @Test
  void anAddressThatAnotherOwnerHeardOfShouldBeOurs() {
    rival.execute(new SetAddresses(request("a", ""), List.of(Mails.BOBS, CHAT)));

    assertThat(bench.deliver(mail("a").resolvedBy(CHAT)).values().get(0))
        .isInstanceOf(Stored.class);
  }

  @Test
  void aContactThatAnotherOwnerAddedShouldBeChanged() {
    List<Address> anns = List.of(Address.parse("email:ann@example.org"));
    rival.execute(new SetContact(request("c", ""), Optional.empty(), "Ann", anns));
    MessageId contact = new MessageId(Mails.BOB, Position.of(3, 0));

    bench
        .execute(new SetContact(request("d", ""), Optional.of(contact), "Ann A.", anns))
        .assertValue(new Done(Position.of(4, 0), false));
  }

  @Test
  void whatIsNotThereShouldBeRefusedOnceTheLogSaysSo() {
    int reads = bench.log.reads;
    MessageId nothing = new MessageId(Mails.BOB, Position.of(9, 0));

    bench
        .execute(send("1", "text", Optional.of(nothing), TO_CAROL))
        .assertValue(new NoSuch("thread"));
    bench.deliver(mail("a").resolvedBy(CHAT)).assertValue(new NotMine());

    assertThat(bench.log.reads).isEqualTo(reads + 2);
    assertThat(bench.stored()).hasSize(2);
  }

  @Test
  void whatAnotherOwnerStoredShouldBeFoundAndNotBeCalledUnknown() {
    MessageId message = stored(rival, mail("a").from("email:eve@example.org"));

    bench
        .shard
        .getMessage(Mails.MAILBOX, message)
        .test()
        .assertValue(ReadOutcome.Found.class::isInstance);
  }

  @Test
  void theThreadThatAnotherOwnerBeganShouldBeListed() {
    MessageId thread = stored(rival, mail("a").from("email:eve@example.org"));

    bench
        .shard
        .listMessages(
            Mails.MAILBOX, Optional.of(thread), PageRequest.first(10), Freshness.COMMITTED)
        .test()
        .assertValue(ReadOutcome.Found.class::isInstance);
    bench
        .shard
        .threadPeople(Mails.MAILBOX, thread)
        .test()
        .assertValue(ReadOutcome.Found.class::isInstance);
  }

  @Test
  void theRawFormOfWhatAnotherOwnerStoredShouldBeFound() {
    MessageId message = stored(rival, mail("a").from("email:eve@example.org"));

    bench.shard.raw(Mails.MAILBOX, message).test().assertValue(ReadOutcome.Found.class::isInstance);
  }

  @Test
  void whatIsNowhereShouldBeUnknownOnceTheLogSaysSoAndElseBeAskedForAgain() {
    MessageId nothing = new MessageId(Mails.BOB, Position.of(9, 0));
    int reads = bench.log.reads;

    bench
        .shard
        .getMessage(Mails.MAILBOX, nothing)
        .test()
        .assertValue(ReadOutcome.NoSuch.class::isInstance);
    assertThat(bench.log.reads).isEqualTo(reads + 1);
    bench.log.readsFail = true;
    bench.shard.raw(Mails.MAILBOX, nothing).test().assertValue(ReadOutcome.Retry.class::isInstance);
  }

  @Test
  void aReadingThatBeganBeforeShouldProveNothing() {
    bench.log.readsAreHeld = true;
    bench
        .shard
        .listThreads(Mails.MAILBOX, PageRequest.first(10), Freshness.LATEST)
        .test()
        .assertEmpty();
    MessageId nothing = new MessageId(Mails.BOB, Position.of(9, 0));
    var sent = bench.execute(send("1", "text", Optional.of(nothing), TO_CAROL));

    bench.log.answerRead();
    sent.assertEmpty();
    bench.log.answerRead();
    sent.assertValue(new NoSuch("thread"));
  }

  @Test
  void whatTheLogCannotBeAskedShouldBeTriedAgain() {
    bench.log.readsFail = true;
    MessageId nothing = new MessageId(Mails.BOB, Position.of(9, 0));

    bench
        .execute(send("1", "text", Optional.of(nothing), TO_CAROL))
        .assertValue(new Retry("storage unavailable"));
  }

  @Test
  void whatOnlyRisesShouldNeedNoProof() {
    MarkRead read = new MarkRead(request("", ""), known, known.position());
    SmsStatus status = new SmsStatus("twilio", "AC", "SM1", SmsStatus.State.READ);
    bench.execute(read);
    bench.execute(new NoteSmsStatus(request("s", ""), status));
    int reads = bench.log.reads;

    bench.execute(new MarkRead(request("r", ""), known, known.position())).assertValueCount(1);
    bench.execute(new NoteSmsStatus(request("t", ""), status)).assertValueCount(1);

    assertThat(bench.log.reads).isEqualTo(reads);
    assertThat(bench.stored()).hasSize(4);
  }

  private static Modify flag(String id, MessageId thread, List<String> add, List<String> remove) {
    Scope scope = new Scope(Optional.of(thread), List.of());
    Edit edit = new Edit(add, remove, Optional.empty(), Optional.empty());
    return new Modify(request(id, ""), scope, edit);
  }

  private static MessageId stored(Bench bench, Mails mail) {
    return ((Stored) bench.deliver(mail).values().get(0)).id();
  }
}
