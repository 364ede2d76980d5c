package io.tributary.mailbox;

import static io.tributary.mailbox.Mails.MAILBOX;
import static io.tributary.mailbox.Mails.mail;
import static org.assertj.core.api.Assertions.assertThat;

import io.reactivex.rxjava3.observers.TestObserver;
import io.tributary.codecs.message.MessageView;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node that isn't sure of its share, while another serves its mailboxes. */
class OwnershipTest {
  private static final PageRequest PAGE = PageRequest.first(10);

  private final Bench bench = new Bench();
  private final Bench rival = bench.rival();

  @BeforeEach
  void bothKnowOneMessage() {
    bench.log.appendsAreHeld = false;
    bench.deliver(mail("first"));
    rival.deliver(mail("by the other"));
  }

  @Test
  void ownerThatIsSureShouldShowWhatItKnows() {
    assertThat(shown()).isEqualTo(1);
  }

  @Test
  void ownerThatIsNotSureShouldAskTheLogAtEachRead() {
    bench.shard.ownership(Ownership.UNSURE);

    assertThat(shown()).isEqualTo(2);
    rival.deliver(mail("another"));
    assertThat(shown()).isEqualTo(3);
    assertThat(stats()).isEqualTo(3);
  }

  @Test
  void readsShouldBeToldToTryAgainWhereTheLogCanNotBeAsked() {
    bench.shard.ownership(Ownership.UNSURE);
    bench.log.readsFail = true;

    list().assertValue(ReadOutcome.Retry.class::isInstance);
  }

  @Test
  void whatWasLostShouldBeForgotten() {
    bench.shard.ownership(Ownership.LOST);
    bench.shard.ownership(Ownership.SURE);

    assertThat(shown()).isEqualTo(2);
    rival.deliver(mail("another"));
    assertThat(shown()).as("sure again").isEqualTo(2);
  }

  @Test
  void whatAnotherMayHaveServedMeanwhileShouldBeForgottenAndNothingElse() {
    bench.shard.forget(user -> false);
    assertThat(shown()).isEqualTo(1);

    bench.shard.forget(user -> user.equals(Mails.BOB));
    assertThat(shown()).isEqualTo(2);
  }

  @Test
  void mailboxAtWorkShouldReadTheLogBeforeItGoesOn() {
    bench.log.appendsAreHeld = true;
    TestObserver<DeliverOutcome> held = bench.deliver(mail("held"));
    bench.shard.ownership(Ownership.LOST);
    bench.shard.ownership(Ownership.SURE);

    assertThat(shown()).isEqualTo(2);
    held.assertEmpty();
    assertThat(bench.log.offers).as("the other's entry stands at the first number").hasSize(2);
    bench.log.offers.get(1).carryOut();
    held.assertValue(DeliverOutcome.Stored.class::isInstance);
    assertThat(shown()).isEqualTo(3);
  }

  @Test
  void appendsOfWhoIsNotTheOwnerAnyMoreShouldLose() {
    bench.deliver(mail("second"));

    assertThat(bench.outrun).isEqualTo(1);
    assertThat(bench.entries()).hasSize(4);
    assertThat(shown()).isEqualTo(3);
  }

  private int shown() {
    return ((ReadOutcome.Found<Page<MessageView>>) list().values().get(0)).value().items().size();
  }

  private TestObserver<ReadOutcome<Page<MessageView>>> list() {
    return bench.shard.listMessages(MAILBOX, Optional.empty(), PAGE, Freshness.COMMITTED).test();
  }

  private long stats() {
    return ((ReadOutcome.Found<MailboxStats>) bench.shard.stats(MAILBOX).test().values().get(0))
        .value()
        .counts()
        .messages();
  }
}
