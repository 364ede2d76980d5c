package io.tributary.mailbox;

import static io.tributary.mailbox.MailboxReadsTest.found;
import static io.tributary.mailbox.Mails.MAILBOX;
import static io.tributary.mailbox.Mails.mail;
import static io.tributary.mailbox.Sends.TO_CAROL;
import static io.tributary.mailbox.Sends.request;
import static io.tributary.mailbox.Sends.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.message.Folder;
import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.MessageView;
import io.tributary.codecs.message.Position;
import io.tributary.codecs.message.SmsStatus;
import io.tributary.mailbox.Command.Edit;
import io.tributary.mailbox.Command.MarkRead;
import io.tributary.mailbox.Command.Modify;
import io.tributary.mailbox.Command.NoteSmsStatus;
import io.tributary.mailbox.Command.Scope;
import io.tributary.mailbox.Command.SetAddresses;
import io.tributary.mailbox.Command.Undo;
import io.tributary.mailbox.CommandOutcome.Done;
import io.tributary.mailbox.CommandOutcome.IdReused;
import io.tributary.mailbox.CommandOutcome.Invalid;
import io.tributary.mailbox.CommandOutcome.NoSuch;
import io.tributary.mailbox.DeliverOutcome.NotMine;
import io.tributary.mailbox.DeliverOutcome.Stored;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MarksTest {
  private static final Edit DELETE = edit(List.of(), List.of(), null, true);
  private static final Edit ARCHIVE = edit(List.of(), List.of(), Folder.ARCHIVE, null);
  private static final Edit MESSAGES = edit(List.of(), List.of(), Folder.MESSAGES, null);
  private static final String EVE = "email:eve@example.org";

  private final Bench bench = new Bench();
  private int requests;

  @BeforeEach
  void logAnswersAtOnce() {
    bench.log.appendsAreHeld = false;
  }

  @Test
  void readingShouldCountDownAndNeverGoBack() {
    MessageId first = stored(mail("a"));
    MessageId second = stored(mail("b"));
    sent(TO_CAROL);
    stored(mail("c"));
    assertThat(thread(first).marks().unread()).isEqualTo(3);

    bench.execute(read(first, second.position()));
    assertThat(thread(first).marks().unread()).isEqualTo(1);
    assertThat(thread(first).marks().readUpTo()).isEqualTo(second.position());
    bench.execute(read(first, first.position()));
    assertThat(thread(first).marks().unread()).isEqualTo(1);
    assertThat(stats().counts().unread()).isEqualTo(1);
  }

  @Test
  void nobodyShouldHaveReadWhatIsNotThereYet() {
    MessageId first = stored(mail("a"));
    bench.execute(read(first, Position.of(1_000, 0)));
    stored(mail("b"));

    assertThat(thread(first).marks().unread()).isEqualTo(1);
  }

  @Test
  void ownMessagesShouldCountAsRead() {
    MessageId thread = message(sent(TO_CAROL)).thread();
    assertThat(thread(thread).marks().unread()).isZero();
  }

  @Test
  void whatChangesNothingShouldNeedNoEntry() {
    MessageId first = stored(mail("a"));
    bench.execute(read(first, first.position()));
    int entries = bench.stored().size();
    Done head = new Done(Position.of(entries, 0), false);

    bench.execute(read(first, first.position())).assertValue(head);
    bench.execute(modify(first, edit(List.of(), List.of("none"), null, null))).assertValue(head);
    bench.execute(modify(first, edit(List.of(), List.of(), Folder.OTHER, false))).assertValue(head);
    assertThat(bench.stored()).hasSize(entries);
  }

  @Test
  void flagsShouldBeOfThreadsAndOfMessages() {
    MessageId first = stored(mail("a"));
    bench.execute(modify(first, edit(List.of("work", "red"), List.of(), null, null)));
    bench.execute(modifyMessage(first, edit(List.of("star"), List.of(), null, null)));
    bench.execute(modify(first, edit(List.of(), List.of("red"), null, null)));

    assertThat(thread(first).marks().flags()).containsExactly("work");
    assertThat(message(first).marks().flags()).containsExactly("star");
  }

  @Test
  void deletedMessagesShouldBeShownOnRequestOnly() {
    MessageId first = stored(mail("a"));
    MessageId second = stored(mail("b"));
    bench.execute(modifyMessage(second, DELETE));

    assertThat(ids(false, false)).containsExactly(first);
    assertThat(ids(false, true)).containsExactly(first, second);
    assertThat(ids(true, true)).containsExactly(second, first);
    assertThat(message(second).marks().deleted()).isTrue();
    assertThat(thread(first).messages()).isEqualTo(1);
    assertThat(thread(first).snippet()).isEmpty();
    assertThat(thread(first).marks().unread()).isEqualTo(1);
    bench.execute(modify(first, DELETE));
    assertThat(threads(ThreadFilter.ALL)).isEmpty();
    assertThat(stats().counts().messages()).isZero();
  }

  @Test
  void undoShouldTakeBackWhatStillIsAsItWasSet() {
    MessageId first = stored(mail("a"));
    MessageId second = stored(mail("b"));
    bench.execute(modifyMessage(second, DELETE));
    Edit all = edit(List.of("x", "y"), List.of(), Folder.JUNK, true);
    Position change = done(modify(first, all));
    bench.execute(modify(first, edit(List.of(), List.of("x"), null, null)));
    done(new Undo(next(), change));

    assertThat(ids(false, false)).containsExactly(first);
    assertThat(thread(first).marks().flags()).isEmpty();
    assertThat(thread(first).marks().folder()).isEqualTo(Folder.OTHER);
    assertThat(thread(first).marks().unread()).isEqualTo(1);
  }

  @Test
  void undoShouldLeaveWhatWasChangedAgain() {
    MessageId first = stored(mail("a"));
    Position archived = done(modify(first, ARCHIVE));
    done(modify(first, MESSAGES));
    Done nothing = (Done) bench.execute(new Undo(next(), archived)).values().get(0);

    assertThat(thread(first).marks().folder()).isEqualTo(Folder.MESSAGES);
    assertThat(nothing.position()).isEqualTo(Position.of(bench.stored().size(), 0));
  }

  @Test
  void undoShouldBeUndone() {
    MessageId first = stored(mail("a"));
    Position deleted = done(modify(first, DELETE));
    Position undone = done(new Undo(next(), deleted));
    assertThat(ids(false, false)).containsExactly(first);
    done(new Undo(next(), undone));
    assertThat(ids(false, false)).isEmpty();
  }

  @Test
  void onlyTheNewestHundredChangesShouldBeUndone() {
    MessageId first = stored(mail("a"));
    Position oldest = done(modify(first, edit(List.of("f"), List.of(), null, null)));
    for (int each = 0; each < 100; each++) {
      done(modify(first, edit(List.of("f" + each), List.of(), null, null)));
    }
    bench.execute(new Undo(next(), oldest)).assertValue(new NoSuch("change"));
    bench.execute(new Undo(next(), first.position())).assertValue(new NoSuch("change"));
  }

  @Test
  void movingOutOfOtherShouldMakeContactsOfWhoWroteThere() {
    MessageId eve =
        stored(mail("a").from(EVE).to("email:zoe@example.org", "email:bob@example.com"));
    Position moved = done(modify(eve, MESSAGES));

    assertThat(found(bench.shard.contacts(MAILBOX, PageRequest.first(9))).items())
        .containsExactly(
            new ContactView(
                new MessageId(Mails.BOB, new Position(moved.value() + 1)),
                "",
                List.of(Address.parse(EVE))));
    assertThat(stored(mail("b").from(EVE).to("email:zoe@example.org"))).isNotNull();
    assertThat(threads(ThreadFilter.ALL)).hasSize(1);
    MessageId other = stored(mail("c").from(EVE));
    assertThat(thread(other).marks().folder()).isEqualTo(Folder.MESSAGES);
  }

  @Test
  void junkShouldMakeNoContacts() {
    MessageId eve = stored(mail("a").from(EVE));
    done(modify(eve, edit(List.of(), List.of(), Folder.JUNK, null)));
    assertThat(found(bench.shard.contacts(MAILBOX, PageRequest.first(9))).items()).isEmpty();
  }

  @Test
  void archivedThreadShouldComeBackWithItsNextMessage() {
    MessageId first = stored(mail("a"));
    done(modify(first, MESSAGES));
    done(modify(first, ARCHIVE));
    stored(mail("b"));
    assertThat(thread(first).marks().folder()).isEqualTo(Folder.MESSAGES);
  }

  @Test
  void listingsShouldBeFiltered() {
    MessageId ann = stored(mail("a"));
    MessageId eve = stored(mail("b").from(EVE));
    MessageId junk = stored(mail("c").from("email:spam@example.org"));
    done(modify(junk, edit(List.of(), List.of(), Folder.JUNK, null)));
    done(modify(eve, edit(List.of("x"), List.of(), null, null)));
    done(read(eve, eve.position()));

    assertThat(threads(ThreadFilter.ALL)).containsExactly(eve, ann);
    assertThat(threads(filter(Folder.JUNK, null, false))).containsExactly(junk);
    assertThat(threads(filter(null, "x", false))).containsExactly(eve);
    assertThat(threads(filter(null, null, true))).containsExactly(ann);
    var page = new PageRequest(1, Optional.empty());
    var first =
        found(bench.shard.listThreads(MAILBOX, ThreadFilter.ALL, page, Freshness.COMMITTED));
    var wrong = new PageRequest(1, first.nextToken());
    bench
        .shard
        .listThreads(MAILBOX, filter(Folder.OTHER, null, false), wrong, Freshness.COMMITTED)
        .test()
        .assertValue(new ReadOutcome.BadPageToken<>());
  }

  @Test
  void pagesShouldBeStableInBothOrders() {
    List<MessageId> all = new ArrayList<>();
    for (int each = 0; each < 25; each++) {
      all.add(stored(mail("m" + each)));
    }
    done(modifyMessage(all.get(7), DELETE));
    List<MessageId> shown = new ArrayList<>(all);
    shown.remove(7);

    assertThat(paged(new MessageOrder(false, false), Optional.of(all.get(0)))).isEqualTo(shown);
    Collections.reverse(shown);
    assertThat(paged(new MessageOrder(true, false), Optional.of(all.get(0)))).isEqualTo(shown);
    assertThat(paged(new MessageOrder(true, false), Optional.empty())).isEqualTo(shown);
    Collections.reverse(all);
    assertThat(paged(new MessageOrder(true, true), Optional.empty())).isEqualTo(all);
  }

  @Test
  void wrongRequestsShouldBeRefused() {
    MessageId first = stored(mail("a"));
    MessageId none = new MessageId(Mails.BOB, Position.of(9, 9));
    assertInvalid(new Modify(next(), new Scope(Optional.empty(), List.of()), DELETE));
    assertInvalid(modifyMessage(first, ARCHIVE));
    assertInvalid(modify(first, edit(List.of("a"), List.of("a"), null, null)));
    assertInvalid(modify(first, edit(List.of("\n"), List.of(), null, null)));
    assertInvalid(modify(first, edit(List.of("x".repeat(65)), List.of(), null, null)));
    bench.execute(modify(none, DELETE)).assertValue(new NoSuch("thread"));
    bench.execute(modifyMessage(none, DELETE)).assertValue(new NoSuch("message"));
    bench.execute(read(none, none.position())).assertValue(new NoSuch("thread"));
  }

  @Test
  void repeatedRequestShouldBeAnsweredAsBeforeAndWithOtherContentRefused() {
    MessageId first = stored(mail("a"));
    Scope scope = new Scope(Optional.of(first), List.of());
    Modify archive = new Modify(request("id", "archive"), scope, ARCHIVE);
    Position change = done(archive);

    bench.execute(archive).assertValue(new Done(change, true));
    bench.execute(new Modify(request("id", "delete"), scope, DELETE)).assertValue(new IdReused());
    bench.execute(send("id", TO_CAROL)).assertValue(new IdReused());
  }

  @Test
  void addressesShouldBeThoseTheDirectoryGave() {
    Address fresh = Address.parse("email:bobby@example.com");
    done(new SetAddresses(next(), List.of(Mails.BOBS, fresh)));

    stored(mail("a").resolvedBy(fresh));
    bench.deliver(mail("b").resolvedBy(Mails.BOBS_OTHER)).assertValue(new NotMine());
    assertInvalid(new SetAddresses(next(), List.of()));
  }

  @Test
  void smsReportsShouldComeToTheSameInAnyOrder() {
    for (int seed = 0; seed < 50; seed++) {
      List<SmsStatus.State> states = new ArrayList<>(List.of(SmsStatus.State.values()));
      Collections.shuffle(states, new Random(seed));
      Bench fresh = new Bench();
      fresh.log.appendsAreHeld = false;
      for (SmsStatus.State state : states) {
        var status = new SmsStatus("twilio", "AC1", "SM1", state);
        fresh.execute(new NoteSmsStatus(next(), status));
      }
      assertThat(found(fresh.shard.stats(MAILBOX)).smsStatuses())
          .containsExactly(new SmsStatus("twilio", "AC1", "SM1", SmsStatus.State.READ));
    }
  }

  @Test
  void receiptShouldTellMoreThanAFailure() {
    bench.execute(new NoteSmsStatus(next(), sms(1, SmsStatus.State.DELIVERED)));
    bench.execute(new NoteSmsStatus(next(), sms(1, SmsStatus.State.FAILED)));
    bench.execute(new NoteSmsStatus(next(), sms(2, SmsStatus.State.FAILED)));
    bench.execute(new NoteSmsStatus(next(), sms(2, SmsStatus.State.SENT)));

    assertThat(stats().smsStatuses())
        .containsExactly(sms(2, SmsStatus.State.FAILED), sms(1, SmsStatus.State.DELIVERED));
  }

  @Test
  void onlyTheNewestHundredSmsReportsShouldBeKept() {
    for (int each = 0; each < 120; each++) {
      bench.execute(new NoteSmsStatus(next(), sms(each, SmsStatus.State.SENT)));
    }
    assertThat(stats().smsStatuses()).hasSize(100).startsWith(sms(119, SmsStatus.State.SENT));
  }

  private static SmsStatus sms(int number, SmsStatus.State state) {
    return new SmsStatus("twilio", "AC1", "SM" + number, state);
  }

  private void assertInvalid(Command command) {
    assertThat(bench.execute(command).values().get(0)).isInstanceOf(Invalid.class);
  }

  private List<MessageId> paged(MessageOrder order, Optional<MessageId> thread) {
    List<MessageId> ids = new ArrayList<>();
    Optional<String> token = Optional.empty();
    do {
      PageRequest request = new PageRequest(4, token);
      var page =
          found(bench.shard.listMessages(MAILBOX, thread, order, request, Freshness.COMMITTED));
      page.items().forEach(view -> ids.add(view.id()));
      token = page.nextToken();
    } while (token.isPresent());
    return ids;
  }

  private List<MessageId> ids(boolean newestFirst, boolean showDeleted) {
    return paged(new MessageOrder(newestFirst, showDeleted), Optional.empty());
  }

  private List<MessageId> threads(ThreadFilter filter) {
    var page = bench.shard.listThreads(MAILBOX, filter, PageRequest.first(9), Freshness.COMMITTED);
    return found(page).items().stream().map(ThreadView::id).toList();
  }

  private static ThreadFilter filter(
      @Nullable Folder folder, @Nullable String flag, boolean unreadOnly) {
    return new ThreadFilter(Optional.ofNullable(folder), Optional.ofNullable(flag), unreadOnly);
  }

  private ThreadView thread(MessageId id) {
    for (Folder folder : Folder.values()) {
      var page =
          bench.shard.listThreads(
              MAILBOX, filter(folder, null, false), PageRequest.first(99), Freshness.COMMITTED);
      for (ThreadView view : found(page).items()) {
        if (view.id().equals(id)) {
          return view;
        }
      }
    }
    throw new AssertionError("no thread " + id);
  }

  private MessageView message(MessageId id) {
    return found(bench.shard.getMessage(MAILBOX, id));
  }

  private MailboxStats stats() {
    return found(bench.shard.stats(MAILBOX));
  }

  private MarkRead read(MessageId thread, Position upTo) {
    return new MarkRead(next(), thread, upTo);
  }

  private Modify modify(MessageId thread, Edit edit) {
    return new Modify(next(), new Scope(Optional.of(thread), List.of()), edit);
  }

  private Modify modifyMessage(MessageId message, Edit edit) {
    return new Modify(next(), new Scope(Optional.empty(), List.of(message)), edit);
  }

  private static Edit edit(
      List<String> add, List<String> remove, @Nullable Folder folder, @Nullable Boolean deleted) {
    return new Edit(add, remove, Optional.ofNullable(folder), Optional.ofNullable(deleted));
  }

  private Position done(Command command) {
    return ((Done) bench.execute(command).values().get(0)).position();
  }

  private Command.Request next() {
    return request("r" + requests++, "same");
  }

  private MessageId stored(Mails mail) {
    return ((Stored) bench.deliver(mail).values().get(0)).id();
  }

  private MessageId sent(Command.Target target) {
    return new MessageId(Mails.BOB, done(send("s" + requests++, target)));
  }
}
