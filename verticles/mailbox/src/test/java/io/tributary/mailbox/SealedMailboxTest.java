package io.tributary.mailbox;

import static io.tributary.mailbox.Mails.MAILBOX;
import static io.tributary.mailbox.Mails.mail;
import static io.tributary.mailbox.Sends.TO_CAROL;
import static io.tributary.mailbox.Sends.TO_DAVE;
import static io.tributary.mailbox.Sends.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reactivex.rxjava3.observers.TestObserver;
import io.tributary.codecs.live.EventPage;
import io.tributary.codecs.log.Action;
import io.tributary.codecs.log.RecordedAction;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.Position;
import io.tributary.storage.LogId;
import io.tributary.storage.Snapshot;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A log that ends in a seal: its mailbox goes on in another one, of a later generation. */
class SealedMailboxTest {
  private final Bench bench = new Bench();

  @BeforeEach
  void bobHasOneMail() {
    bench.log.appendsAreHeld = false;
    bench.deliver(mail("before"));
  }

  private static RecordedAction seal(int generation) {
    return new RecordedAction(
        2_000, Optional.empty(), new Action.Sealed(generation, "c2"), Optional.empty());
  }

  /** By whoever moves the mailbox. */
  private void seal() {
    bench.write(Bench.LOG, bench.stored().size() + 1L, List.of(seal(2)));
  }

  @Test
  void nothingShouldBeWrittenBehindTheSeal() {
    seal();

    bench.deliver(mail("after")).assertValue(new DeliverOutcome.NotHere());
    bench.execute(send("1", TO_CAROL)).assertValue(new CommandOutcome.NotHere());
    bench.deliver(mail("more")).assertValue(new DeliverOutcome.NotHere());

    assertThat(bench.stored()).hasSize(3);
    assertThat(bench.queueDepth).isZero();
  }

  @Test
  void whatStandsBeforeTheSealShouldStillBeADuplicate() {
    seal();
    bench.deliver(mail("after"));

    bench.deliver(mail("before")).assertValue(DeliverOutcome.Duplicate.class::isInstance);
  }

  @Test
  void nothingShouldBeShownOfASealedMailbox() {
    seal();
    bench.deliver(mail("after"));

    PageRequest page = PageRequest.first(10);
    bench
        .shard
        .listThreads(MAILBOX, page, Freshness.COMMITTED)
        .test()
        .assertValue(ReadOutcome.NotHere.class::isInstance);
    bench
        .shard
        .listThreads(MAILBOX, page, Freshness.LATEST)
        .test()
        .assertValue(ReadOutcome.NotHere.class::isInstance);
    TestObserver<ReadOutcome<EventPage>> events =
        bench.shard.events(MAILBOX, Position.START, 10).test();
    events.assertValue(ReadOutcome.NotHere.class::isInstance);
  }

  @Test
  void anEntryThatIsUnderWayWhenTheSealIsWrittenShouldLose() {
    bench.log.appendsAreHeld = true;
    var first = bench.deliver(mail("under way"));
    var second = bench.deliver(mail("waits"));
    seal();
    bench.log.takeOffer().carryOut();

    first.assertValue(new DeliverOutcome.NotHere());
    second.assertValue(new DeliverOutcome.NotHere());
    assertThat(bench.stored()).hasSize(3);
    assertThat(bench.outrun).isEqualTo(1);
  }

  @Test
  void anOutboxShouldEndWithItsLog() {
    bench.execute(send("1", TO_CAROL));
    bench.execute(send("2", TO_DAVE));
    assertThat(bench.post.letters).hasSize(2);
    seal();
    bench.deliver(mail("after")).assertValue(new DeliverOutcome.NotHere());

    bench.post.letters.get(0).arrived();
    bench.post.letters.get(1).retry();
    bench.pass(Duration.ofHours(1));

    assertThat(bench.post.letters).as("nothing is carried again").hasSize(2);
    assertThat(bench.stored()).as("nothing is settled").hasSize(5);
    assertThat(bench.log.offers).isEmpty();
  }

  @Test
  void whoLoadsASealedLogShouldCarryNothing() {
    bench.execute(send("1", TO_CAROL));
    seal();
    Bench next = bench.rival();

    next.shard.wake(MAILBOX).test().assertComplete();
    next.pass(Duration.ofHours(1));

    assertThat(next.post.letters).isEmpty();
    assertThat(next.stored()).hasSize(4);
  }

  @Test
  void theNextGenerationShouldBeALogOfItsOwn() {
    seal();
    LogId next = new LogId(Mails.BOB, 2);
    bench.write(next, 1, Bench.opened(2));

    bench
        .shard
        .listMessages(
            new MailboxRef(Mails.BOB, 2),
            Optional.empty(),
            PageRequest.first(10),
            Freshness.COMMITTED)
        .test()
        .assertValue(
            outcome ->
                outcome instanceof ReadOutcome.Found<?> found
                    && ((Page<?>) found.value()).items().isEmpty());
    bench.deliver(mail("to the first")).assertValue(new DeliverOutcome.NotHere());
    assertThat(bench.log.memory.read(next, 1, 10).blockingGet()).hasSize(1);
  }

  @Test
  void aSnapshotShouldKeepTheSeal() {
    seal();
    MailboxState state = Histories.folded(bench.stored());

    Bytes saved = Bytes.ofOwned(SnapshotCodec.encode(state));
    MailboxState restored = SnapshotCodec.decode(new Snapshot(Bench.LOG, state.entry(), saved));

    assertThat(state.isSealed()).isTrue();
    assertThat(restored.isSealed()).isTrue();
  }

  @Test
  void aSealShouldStandAloneAndLeadOn() {
    Stream.of(List.of(seal(1)), List.of(seal(2), seal(2)))
        .forEach(
            actions -> {
              Bench broken = new Bench();
              broken.write(Bench.LOG, 2, actions);
              broken.deliver(mail("a")).assertValue(DeliverOutcome.Retry.class::isInstance);
            });
    seal();
    bench.write(Bench.LOG, 4, List.of(seal(2)));

    MailboxState state = new MailboxState(Bench.LOG);
    assertThatThrownBy(() -> Histories.fold(state, bench.stored()))
        .isInstanceOf(BrokenLogException.class)
        .hasMessageContaining("behind the seal");
  }
}
