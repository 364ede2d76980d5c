package io.tributary.mailbox;

import static io.tributary.mailbox.MailboxQueueTest.id;
import static io.tributary.mailbox.Mails.MAILBOX;
import static io.tributary.mailbox.Mails.mail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.observers.TestObserver;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.Channel;
import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.MessageView;
import io.tributary.codecs.message.Position;
import io.tributary.mailbox.DeliverOutcome.Stored;
import io.tributary.mailbox.ReadOutcome.BadPageToken;
import io.tributary.mailbox.ReadOutcome.Found;
import io.tributary.mailbox.ReadOutcome.NoSuch;
import io.tributary.mailbox.ReadOutcome.Retry;
import io.tributary.storage.AppendResult.InDoubt;
import io.tributary.storage.LogId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MailboxReadsTest {
  private final Bench bench = new Bench();

  @BeforeEach
  void logAnswersAtOnce() {
    bench.log.appendsAreHeld = false;
  }

  @Test
  void messageShouldShowWhatWasDelivered() {
    bench.deliver(mail("a").text("hello"));

    MessageView view = found(bench.shard.getMessage(MAILBOX, id(2, 0)));
    assertThat(view)
        .isEqualTo(
            new MessageView(
                id(2, 0),
                id(2, 0),
                Position.of(2, 0),
                Channel.EMAIL,
                Address.parse("email:ann@example.org"),
                List.of(Mails.BOBS),
                "subject of a",
                "hello",
                1_000,
                false,
                List.of(),
                MessageView.Marks.NONE));
    assertThat(found(bench.shard.raw(MAILBOX, id(2, 0)))).isEqualTo(Bytes.ofUtf8("raw of a hello"));
  }

  @Test
  void messageThatIsNotThereShouldBeNoSuch() {
    bench.deliver(mail("a"));
    List<MessageId> missing =
        List.of(
            id(2, 1),
            id(3, 0),
            id(1, 0), // an action, but no message
            new MessageId(new UserId(77), Position.of(2, 0)));
    for (MessageId id : missing) {
      bench.shard.getMessage(MAILBOX, id).test().assertValue(new NoSuch<>());
      bench.shard.raw(MAILBOX, id).test().assertValue(new NoSuch<>());
      bench
          .shard
          .listMessages(MAILBOX, Optional.of(id), PageRequest.first(1), Freshness.COMMITTED)
          .test()
          .assertValue(new NoSuch<>());
    }
  }

  @Test
  void messagesShouldBeListedOldestFirstOverAllPages() {
    List<MessageId> ids = deliverMany(25);
    for (int size : new int[] {1, 2, 7, 24, 25, 26, 200}) {
      assertThat(listAll(Optional.empty(), size)).isEqualTo(ids);
    }
  }

  @Test
  void messagesOfAThreadShouldBeListedAlone() {
    bench.deliver(mail("x").from("email:cy@example.org"));
    List<MessageId> ids = deliverMany(5);
    bench.deliver(mail("y").from("email:cy@example.org"));

    assertThat(listAll(Optional.of(ids.get(0)), 2)).isEqualTo(ids);
    assertThat(listAll(Optional.of(id(2, 0)), 2)).containsExactly(id(2, 0), id(8, 0));
  }

  @Test
  void messagesThatComeMeanwhileShouldBeOnTheLastPage() {
    List<MessageId> ids = new ArrayList<>(deliverMany(4));
    Page<MessageView> first = list(Optional.empty(), PageRequest.first(2));
    ids.add(((Stored) bench.deliver(mail("late")).values().get(0)).id());

    Page<MessageView> rest = list(Optional.empty(), new PageRequest(9, first.nextToken()));
    assertThat(rest.items()).extracting(MessageView::id).isEqualTo(ids.subList(2, 5));
  }

  @Test
  void pageShouldStayUnderAMegabyteButNeverBeEmpty() {
    for (int each = 0; each < 40; each++) {
      bench.deliver(mail("m" + each).text("x".repeat(60_000)));
    }
    Page<MessageView> page = list(Optional.empty(), PageRequest.first(200));
    assertThat(page.items()).hasSizeBetween(10, 17);
    assertThat(listAll(Optional.empty(), 200)).hasSize(40);
  }

  @Test
  void threadsShouldBeListedNewestFirstOverAllPages() {
    for (int each = 0; each < 10; each++) {
      bench.deliver(mail("m" + each).from("email:u" + each + "@example.org"));
    }
    bench.deliver(mail("again").from("email:u3@example.org"));

    List<MessageId> expected =
        List.of(
            id(5, 0), id(11, 0), id(10, 0), id(9, 0), id(8, 0), id(7, 0), id(6, 0), id(4, 0),
            id(3, 0), id(2, 0));
    for (int size : new int[] {1, 3, 9, 10, 11}) {
      List<MessageId> all = new ArrayList<>();
      PageRequest next = PageRequest.first(size);
      for (boolean more = true; more; ) {
        Page<ThreadView> page = threads(next);
        page.items().forEach(thread -> all.add(thread.id()));
        more = page.nextToken().isPresent();
        next = new PageRequest(size, page.nextToken());
      }
      assertThat(all).isEqualTo(expected);
    }
  }

  @Test
  void pageOfThreadsShouldStayUnderAMegabyteButNeverBeEmpty() {
    String[] many = new String[900];
    for (int each = 0; each < 40; each++) {
      for (int to = 0; to < many.length; to++) {
        many[to] = "email:u" + each + "-" + to + "@" + "x".repeat(40) + ".example.org";
      }
      bench.deliver(mail("m" + each).to(many));
    }
    List<MessageId> all = new ArrayList<>();
    PageRequest next = PageRequest.first(200);
    for (boolean more = true; more; ) {
      Page<ThreadView> page = threads(next);
      assertThat(page.items()).hasSizeBetween(1, 30);
      page.items().forEach(thread -> all.add(thread.id()));
      more = page.nextToken().isPresent();
      next = new PageRequest(200, page.nextToken());
    }
    assertThat(all).hasSize(40).doesNotHaveDuplicates();
  }

  @Test
  void threadShouldNotBeListedTwiceWhenItGetsAMessageMeanwhile() {
    for (int each = 0; each < 4; each++) {
      bench.deliver(mail("m" + each).from("email:u" + each + "@example.org"));
    }
    Page<ThreadView> first = threads(PageRequest.first(2));
    bench.deliver(mail("again").from("email:u3@example.org"));
    Page<ThreadView> rest = threads(new PageRequest(9, first.nextToken()));

    assertThat(rest.items()).extracting(ThreadView::id).containsExactly(id(3, 0), id(2, 0));
  }

  @Test
  void tokenShouldBeGoodForItsUserAndCallOnly() {
    deliverMany(5);
    LogId other = new LogId(new UserId(5), 1);
    bench.write(other, 1, Bench.opened());
    bench.deliver(mail("a").delivery(other.user(), 1));
    Optional<String> messages = list(Optional.empty(), PageRequest.first(2)).nextToken();
    Optional<String> thread = list(Optional.of(id(2, 0)), PageRequest.first(2)).nextToken();
    assertThat(messages).isPresent().isNotEqualTo(thread);

    assertBadToken(bench.shard.listThreads(MAILBOX, page(messages), Freshness.COMMITTED));
    assertBadToken(messages(MAILBOX, Optional.of(id(2, 0)), messages));
    assertBadToken(messages(MAILBOX, Optional.empty(), thread));
    assertBadToken(messages(new MailboxRef(other.user(), 1), Optional.empty(), messages));
  }

  @Test
  void madeUpTokenShouldBeRefused() {
    deliverMany(3);
    String good = list(Optional.empty(), PageRequest.first(1)).nextToken().orElseThrow();
    List<String> bad =
        List.of(
            "", "x", "!!!", "AAAAAAAAAAAAAAAAAAAAAA", good + "A", good.substring(1), good + "==");
    for (String token : bad) {
      assertBadToken(messages(MAILBOX, Optional.empty(), Optional.of(token)));
      assertBadToken(
          bench.shard.listThreads(MAILBOX, page(Optional.of(token)), Freshness.COMMITTED));
    }
  }

  @Test
  void pageSizeShouldBeOneToTwoHundred() {
    assertThatThrownBy(() -> PageRequest.first(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PageRequest.first(201)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void committedReadShouldNotAskTheLogForNews() {
    bench.deliver(mail("a"));
    int reads = bench.log.reads;
    bench.rival().deliver(mail("b"));

    assertThat(listAll(Optional.empty(), 9)).containsExactly(id(2, 0));
    assertThat(bench.log.reads).isEqualTo(reads);
  }

  @Test
  void latestReadShouldSeeWhatAnotherOwnerWrote() {
    bench.deliver(mail("a"));
    bench.rival().deliver(mail("b"));

    Page<ThreadView> page =
        found(bench.shard.listThreads(MAILBOX, PageRequest.first(9), Freshness.LATEST));
    assertThat(page.items().get(0).messages()).isEqualTo(2);
    assertThat(listAll(Optional.empty(), 9)).containsExactly(id(2, 0), id(3, 0));
  }

  @Test
  void latestReadShouldBeProvedByAReadBegunAfterIt() {
    bench.deliver(mail("a"));
    bench.log.readsAreHeld = true;
    var early = latest().test();
    var late = latest().test();
    bench.log.answerRead();
    early.assertValueCount(1);
    late.assertEmpty();
    bench.rival().deliver(mail("b"));
    bench.log.answerRead();
    bench.log.answerRead();

    assertThat(messagesIn(early)).isEqualTo(1);
    assertThat(messagesIn(late)).isEqualTo(2);
  }

  @Test
  void latestReadShouldResolveAnOwnEntryThatItFinds() {
    bench.log.appendsAreHeld = true;
    TestObserver<DeliverOutcome> first = bench.deliver(mail("a"));
    ScriptedLog.Offer offer = bench.log.takeOffer();
    offer.apply();
    offer.answer(new InDoubt("time-out"));
    var read = latest().test();

    first.assertValue(new Stored(id(2, 0), id(2, 0)));
    assertThat(messagesIn(read)).isEqualTo(1);
    assertThat(bench.inDoubt).isZero();
    bench.pass(Duration.ofSeconds(5));
    assertThat(bench.log.offers).isEmpty();
    bench.deliver(mail("b"));
    assertThat(bench.log.takeOffer().entry.number()).isEqualTo(3);
  }

  @Test
  void latestReadThatFindsAForeignEntryShouldDecideAgain() {
    bench.log.appendsAreHeld = true;
    TestObserver<DeliverOutcome> first = bench.deliver(mail("a"));
    ScriptedLog.Offer offer = bench.log.takeOffer();
    bench.rival().deliver(mail("b"));
    var read = latest().test();

    assertThat(messagesIn(read)).isEqualTo(1);
    first.assertEmpty();
    ScriptedLog.Offer again = bench.log.takeOffer();
    assertThat(again.entry.number()).isEqualTo(3);
    offer.carryOut(); // the answer to the first offer, late
    again.carryOut();
    first.assertValue(new Stored(id(3, 0), id(2, 0)));
  }

  @Test
  void failedReadShouldBeRetry() {
    bench.deliver(mail("a"));
    bench.log.readsFail = true;

    latest().test().assertValue(new Retry<>("storage unavailable"));
    bench.shard.raw(MAILBOX, id(2, 0)).test().assertValue(new Retry<>("storage unavailable"));
    bench.log.readsFail = false;
    assertThat(messagesIn(latest().test())).isEqualTo(1);
  }

  @Test
  void readsShouldBeBounded() {
    MailboxLimits.Shard shard = new MailboxLimits.Shard(9, 1 << 20, 9, 1 << 20, 3);
    MailboxLimits defaults = MailboxLimits.DEFAULT;
    Bench narrow =
        new Bench(new MailboxLimits(defaults.deadline(), defaults.queue(), shard, 1 << 18));
    narrow.log.readsAreHeld = true;
    List<TestObserver<?>> reads = new ArrayList<>();
    for (int each = 0; each < 4; each++) {
      reads.add(narrow.shard.getMessage(MAILBOX, id(2, 0)).test());
    }
    narrow.shard.getMessage(MAILBOX, id(2, 0)).test().assertValue(new Retry<>("server busy"));
    narrow.pass(Duration.ofSeconds(10));
    reads.forEach(read -> read.assertValueCount(1));
    narrow.shard.getMessage(MAILBOX, id(2, 0)).test().assertEmpty();
  }

  static <T> T found(Single<ReadOutcome<T>> read) {
    return ((Found<T>) read.test().values().get(0)).value();
  }

  private Single<ReadOutcome<Page<ThreadView>>> latest() {
    return bench.shard.listThreads(MAILBOX, PageRequest.first(9), Freshness.LATEST);
  }

  private static int messagesIn(TestObserver<ReadOutcome<Page<ThreadView>>> read) {
    var found = (Found<Page<ThreadView>>) read.values().get(0);
    return found.value().items().stream().mapToInt(ThreadView::messages).sum();
  }

  private static void assertBadToken(Single<? extends ReadOutcome<?>> read) {
    assertThat(read.test().values().get(0)).isEqualTo(new BadPageToken<>());
  }

  private Single<ReadOutcome<Page<MessageView>>> messages(
      MailboxRef ref, Optional<MessageId> thread, Optional<String> token) {
    return bench.shard.listMessages(ref, thread, page(token), Freshness.COMMITTED);
  }

  private static PageRequest page(Optional<String> token) {
    return new PageRequest(9, token);
  }

  private List<MessageId> deliverMany(int count) {
    List<MessageId> ids = new ArrayList<>();
    for (int each = 0; each < count; each++) {
      ids.add(((Stored) bench.deliver(mail("m" + each)).values().get(0)).id());
    }
    return ids;
  }

  private Page<ThreadView> threads(PageRequest request) {
    return found(bench.shard.listThreads(MAILBOX, request, Freshness.COMMITTED));
  }

  private Page<MessageView> list(Optional<MessageId> thread, PageRequest request) {
    return found(bench.shard.listMessages(MAILBOX, thread, request, Freshness.COMMITTED));
  }

  private List<MessageId> listAll(Optional<MessageId> thread, int size) {
    List<MessageId> ids = new ArrayList<>();
    PageRequest next = PageRequest.first(size);
    for (boolean more = true; more; ) {
      Page<MessageView> page = list(thread, next);
      assertThat(page.items()).isNotEmpty().hasSizeLessThanOrEqualTo(size);
      page.items().forEach(message -> ids.add(message.id()));
      more = page.nextToken().isPresent();
      next = new PageRequest(size, page.nextToken());
    }
    return ids;
  }
}
