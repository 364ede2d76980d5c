package io.tributary.mailbox;

import static io.tributary.mailbox.MailboxReadsTest.found;
import static io.tributary.mailbox.Mails.MAILBOX;
import static io.tributary.mailbox.Mails.mail;
import static io.tributary.mailbox.Sends.TO_CAROL;
import static io.tributary.mailbox.Sends.request;
import static io.tributary.mailbox.Sends.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.live.EventPage;
import io.tributary.codecs.live.LiveBatch;
import io.tributary.codecs.live.LiveEvent;
import io.tributary.codecs.live.LiveEvent.Arrived;
import io.tributary.codecs.live.LiveEvent.Sent;
import io.tributary.codecs.live.LiveEvent.Updated;
import io.tributary.codecs.message.ClientId;
import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.Position;
import io.tributary.codecs.message.SmsStatus;
import io.tributary.mailbox.Command.Edit;
import io.tributary.mailbox.Command.MarkRead;
import io.tributary.mailbox.Command.Modify;
import io.tributary.mailbox.Command.NoteSmsStatus;
import io.tributary.mailbox.Command.Scope;
import io.tributary.mailbox.Command.SetContact;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventsTest {
  private final Bench bench = new Bench();

  @Test
  void sessionsShouldHearOfCommittedEntriesBeforeCallersDo() {
    var sent = bench.execute(send("1", TO_CAROL));
    assertThat(bench.batches).isEmpty();
    bench.log.takeOffer().carryOut();

    sent.assertValueCount(1);
    LiveBatch batch = bench.batches.get(0);
    assertThat(batch.user()).isEqualTo(Mails.BOB);
    assertThat(batch.after()).isEqualTo(Position.of(1, 0));
    assertThat(batch.head()).isEqualTo(Position.of(2, 0));
    assertThat(batch.events()).singleElement().isInstanceOf(Sent.class);
    assertThat(((Sent) batch.events().get(0)).client()).isEqualTo(new ClientId("phone", "1"));
  }

  @Test
  void eventsReadLaterShouldBeThoseThatWereTold() {
    everything();
    List<LiveEvent> told =
        bench.batches.stream().flatMap(batch -> batch.events().stream()).toList();

    assertThat(kinds(told))
        .containsExactly("Arrived", "Sent", "DELIVERY", "READ", "MODIFIED", "CONTACT", "MAILBOX");
    for (int max : List.of(1, 2, 3, 256)) {
      assertThat(all(Position.START, max).stream().map(EventsTest::unmarked).toList())
          .isEqualTo(told.stream().map(EventsTest::unmarked).toList());
    }
  }

  @Test
  void everyPositionShouldDoAsABeginning() {
    bench.deliver(mail("x"));
    for (int each = 0; each < 5; each++) {
      bench.deliver(mail("m" + each));
    }
    bench.log.takeOffer().carryOut();
    bench.log.takeOffer().carryOut();
    List<LiveEvent> all = all(Position.START, 256);
    assertThat(all).hasSize(6);

    for (long since = 0; since < Position.of(4, 0).value(); since++) {
      long from = since;
      List<LiveEvent> expected =
          all.stream().filter(event -> event.position().value() > from).toList();
      assertThat(all(new Position(since), 2)).isEqualTo(expected);
    }
  }

  @Test
  void nothingShouldLieBehindTheHead() {
    Position head = Position.of(1, 0);
    assertThat(found(bench.shard.events(MAILBOX, head, 10)))
        .isEqualTo(new EventPage(List.of(), head, head));
    assertThat(found(bench.shard.events(MAILBOX, Position.of(99, 0), 10)))
        .isEqualTo(new EventPage(List.of(), head, head));
  }

  @Test
  void sessionThatHasSeenMoreThanThisNodeShouldMakeItReadOn() {
    assertThat(found(bench.shard.events(MAILBOX, Position.START, 10)).events()).isEmpty();
    Bench owner = bench.rival();
    owner.deliver(mail("a"));
    owner.deliver(mail("b"));

    EventPage page = found(bench.shard.events(MAILBOX, Position.of(2, 0), 10));
    assertThat(page.events()).singleElement().isInstanceOf(Arrived.class);
    assertThat(page.head()).isEqualTo(Position.of(3, 0));
  }

  @Test
  void pagesShouldBeBoundedInBytes() {
    bench.log.appendsAreHeld = false;
    for (int each = 0; each < 40; each++) {
      bench.deliver(mail("m" + each).text("x".repeat(60_000)));
    }
    EventPage page = found(bench.shard.events(MAILBOX, Position.START, 256));

    assertThat(page.events().size()).isBetween(1, 20);
    assertThat(page.upTo()).isLessThan(page.head());
    assertThat(all(Position.START, 256)).hasSize(40);
  }

  private void everything() {
    bench.log.appendsAreHeld = false;
    bench.deliver(mail("a"));
    bench.execute(send("1", TO_CAROL));
    bench.post.take().arrived();
    bench.pass(Duration.ofMillis(60));
    MessageId thread = new MessageId(Mails.BOB, Position.of(2, 0));
    bench.execute(new MarkRead(request("2", ""), thread, thread.position()));
    Edit edit = new Edit(List.of("x"), List.of(), Optional.empty(), Optional.empty());
    Scope scope = new Scope(Optional.of(thread), List.of());
    bench.execute(new Modify(request("3", ""), scope, edit));
    List<Address> addresses = List.of(Address.parse("email:zoe@example.org"));
    bench.execute(new SetContact(request("4", ""), Optional.empty(), "Zoe", addresses));
    SmsStatus status = new SmsStatus("twilio", "AC", "SM", SmsStatus.State.SENT);
    bench.execute(new NoteSmsStatus(request("5", ""), status));
  }

  private static List<String> kinds(List<LiveEvent> events) {
    return events.stream()
        .map(
            event ->
                event instanceof Updated updated
                    ? updated.kind().name()
                    : event.getClass().getSimpleName())
        .toList();
  }

  private static Object unmarked(LiveEvent event) {
    if (event instanceof Sent sent) {
      return List.of(sent.client(), sent.message().id(), sent.message().text());
    }
    return event instanceof Arrived arrived
        ? List.of(arrived.message().id(), arrived.message().text(), arrived.message().thread())
        : event;
  }

  private List<LiveEvent> all(Position since, int max) {
    List<LiveEvent> events = new ArrayList<>();
    Position from = since;
    EventPage page;
    do {
      page = found(bench.shard.events(MAILBOX, from, max));
      assertThat(page.events().size()).isLessThanOrEqualTo(max);
      assertThat(page.upTo().compareTo(from) > 0 || page.upTo().equals(page.head())).isTrue();
      events.addAll(page.events());
      from = page.upTo();
    } while (!page.upTo().equals(page.head()));
    assertThat(events.stream().map(event -> event.position().value()).toList()).isSorted();
    assertThat(page.head().compareTo(since) >= 0 || events.isEmpty()).isTrue();
    return events;
  }
}
