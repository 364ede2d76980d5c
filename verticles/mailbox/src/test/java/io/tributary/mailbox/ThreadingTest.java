package io.tributary.mailbox;

import static io.tributary.mailbox.MailboxQueueTest.id;
import static io.tributary.mailbox.Mails.mail;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.log.Action.Delivered;
import io.tributary.codecs.log.Action.ThreadReason;
import io.tributary.codecs.message.Author.Standing;
import io.tributary.codecs.message.MessageId;
import io.tributary.mailbox.DeliverOutcome.Stored;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ThreadingTest {
  private final Bench bench = new Bench();

  @BeforeEach
  void logAnswersAtOnce() {
    bench.log.appendsAreHeld = false;
  }

  @Test
  void samePeopleShouldShareAThreadWhateverTheOrderAndTheUsersOwnAddresses() {
    String ann = "email:ann@example.org";
    String cy = "email:cy@example.org";
    MessageId thread = stored(mail("a").from(ann).to("email:bob@example.com", cy));

    assertThat(stored(mail("b").from(cy).to(ann, "email:robert@example.com"))).isEqualTo(thread);
    assertThat(stored(mail("c").from(ann).to(cy, ann, cy))).isEqualTo(thread);
    assertThat(reason(4)).isEqualTo(ThreadReason.PEOPLE);
    assertThat(stored(mail("d").from(ann))).isNotEqualTo(thread);
    assertThat(reason(5)).isEqualTo(ThreadReason.NEW);
  }

  @Test
  void replyShouldJoinTheThreadOfItsNearestKnownParent() {
    MessageId old = stored(mail("a").from("email:ann@example.org").id("<1>"));
    MessageId other = stored(mail("b").from("email:cy@example.org").id("<2>"));

    assertThat(stored(mail("c").from("email:dan@example.org").id("<3>", "<x>", "<2>", "<1>")))
        .isEqualTo(other);
    assertThat(reason(4)).isEqualTo(ThreadReason.REPLY);
    assertThat(stored(mail("d").from("email:eve@example.org").id("<4>", "<1>"))).isEqualTo(old);
    assertThat(stored(mail("e").from("email:eve@example.org").id("<5>", "<3>"))).isEqualTo(other);
  }

  @Test
  void replierShouldKeepAThreadOfHerOwnForWhatIsNoReply() {
    MessageId group =
        stored(mail("a").to("email:bob@example.com", "email:cy@example.org").id("<1>"));
    assertThat(stored(mail("b").from("email:cy@example.org").id("<2>", "<1>"))).isEqualTo(group);

    assertThat(stored(mail("c").from("email:cy@example.org"))).isNotEqualTo(group);
  }

  @Test
  void replyWithinOneEntryShouldFindItsParent() {
    bench.log.appendsAreHeld = true;
    bench.deliver(mail("x"));
    var first = bench.deliver(mail("a").from("email:cy@example.org").id("<1>"));
    var reply = bench.deliver(mail("b").from("email:dan@example.org").id("<2>", "<1>"));
    var people = bench.deliver(mail("c").from("email:cy@example.org"));
    bench.log.takeOffer().carryOut();
    bench.log.takeOffer().carryOut();

    first.assertValue(new Stored(id(3, 0), id(3, 0)));
    reply.assertValue(new Stored(id(3, 1), id(3, 0)));
    people.assertValue(new Stored(id(3, 2), id(3, 0)));
  }

  @Test
  void mailThatOnlyClaimsALocalAuthorShouldStandApart() {
    String eve = "email:eve@example.com";
    MessageId real = stored(mail("a").from(eve, Standing.VERIFIED).id("<1>"));
    MessageId claimed = stored(mail("b").from(eve, Standing.CLAIMS_LOCAL).id("<2>", "<1>"));

    assertThat(claimed).isNotEqualTo(real);
    assertThat(stored(mail("c").from(eve, Standing.CLAIMS_LOCAL))).isEqualTo(claimed);
    assertThat(stored(mail("d").from(eve, Standing.VERIFIED))).isEqualTo(real);
    assertThat(delivered(3).verified()).isFalse();
    assertThat(delivered(2).verified()).isTrue();
  }

  @Test
  void replyToAForgedMailShouldNotJoinTheForger() {
    String eve = "email:eve@example.com";
    MessageId claimed = stored(mail("a").from(eve, Standing.CLAIMS_LOCAL).id("<1>"));
    MessageId real = stored(mail("b").from(eve, Standing.VERIFIED).id("<1>"));

    MessageId reply = stored(mail("c").from("email:cy@example.org").id("<2>", "<1>"));
    assertThat(reply).isEqualTo(real).isNotEqualTo(claimed);
  }

  @Test
  void mailToOneselfShouldHaveAThread() {
    String bob = "email:bob@example.com";
    MessageId thread = stored(mail("a").from(bob, Standing.VERIFIED));
    assertThat(stored(mail("b").from(bob, Standing.VERIFIED))).isEqualTo(thread);
  }

  @Test
  void threadShouldShowWhoWhatAndHowMuch() {
    stored(mail("a").text("first").id("<1>"));
    stored(
        mail("b")
            .from("email:cy@example.org")
            .text("  second \r\n\t line " + "x".repeat(500))
            .id("<2>", "<1>"));

    ThreadView view =
        MailboxReadsTest.found(
                bench.shard.listThreads(Mails.MAILBOX, PageRequest.first(9), Freshness.COMMITTED))
            .items()
            .get(0);
    assertThat(view.participants())
        .containsExactly(
            Address.parse("email:ann@example.org"), Address.parse("email:cy@example.org"));
    assertThat(view.subject()).isEqualTo("subject of a");
    assertThat(view.snippet()).startsWith("second line xxx").hasSize(160);
    assertThat(view.messages()).isEqualTo(2);
    assertThat(view.last()).isEqualTo(id(3, 0).position());
    assertThat(view.lastReceivedMillis()).isEqualTo(1_000);
  }

  @Test
  void participantsShouldBeBounded() {
    for (int each = 0; each < 3; each++) {
      List<String> many = new ArrayList<>();
      for (int to = 0; to < 900; to++) {
        many.add("email:u" + each + "-" + to + "@example.org");
      }
      stored(mail("m" + each).to(many.toArray(String[]::new)).id("<" + each + ">", "<0>"));
    }

    ThreadView view =
        MailboxReadsTest.found(
                bench.shard.listThreads(Mails.MAILBOX, PageRequest.first(9), Freshness.COMMITTED))
            .items()
            .get(0);
    assertThat(view.messages()).isEqualTo(3);
    assertThat(view.participants()).hasSizeLessThanOrEqualTo(1_000);
  }

  private MessageId stored(Mails mail) {
    return ((Stored) bench.deliver(mail).values().get(0)).thread();
  }

  private Delivered delivered(int entry) {
    return (Delivered) bench.entries().get(entry - 1).actions().get(0).action();
  }

  private ThreadReason reason(int entry) {
    return delivered(entry).reason();
  }
}
