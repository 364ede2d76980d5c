package io.tributary.mailbox;

import static io.tributary.mailbox.Mails.MAILBOX;
import static org.assertj.core.api.Assertions.assertThat;

import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.identity.Incarnation;
import io.tributary.codecs.identity.Stamp;
import io.tributary.codecs.log.Entry;
import io.tributary.codecs.log.EntryCodec;
import io.tributary.codecs.log.RecordedAction;
import io.tributary.codecs.message.Folder;
import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.Position;
import io.tributary.mailbox.Command.Edit;
import io.tributary.mailbox.Command.MarkRead;
import io.tributary.mailbox.Command.Modify;
import io.tributary.mailbox.Command.Scope;
import io.tributary.mailbox.Command.SetContact;
import io.tributary.mailbox.Command.Undo;
import io.tributary.mailbox.ReadOutcome.Retry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever stands in a log is folded whole, or makes its mailbox unavailable; nothing else. */
class ForeignLogPropertyTest {
  private static final PageRequest PAGE = PageRequest.first(PageRequest.SIZE_MAX);

  @Provide
  Arbitrary<List<List<RecordedAction>>> logs() {
    return ForeignLogs.all();
  }

  @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
  void anEntryShouldBeFoldedWholeOrNotAtAll(@ForAll("logs") List<List<RecordedAction>> log) {
    MailboxState state = new MailboxState(Bench.LOG);
    state.fold(1, entry(Bench.opened()), 100);
    for (List<RecordedAction> actions : log) {
      Entry next = EntryCodec.decode(EntryCodec.encode(entry(actions)));
      String before = state.entry() + " " + state.messages().count() + Figures.of(state);
      try {
        state.fold(state.entry() + 1, next, 100);
      } catch (BrokenLogException expected) {
        assertThat(state.entry() + " " + state.messages().count() + Figures.of(state))
            .isEqualTo(before);
      }
    }
  }

  /** Entries that would not be folded are left out of the log: all of the rest must be usable. */
  @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
  void whatWasFoldedShouldBeUsable(@ForAll("logs") List<List<RecordedAction>> log) {
    Bench bench = new Bench();
    bench.log.appendsAreHeld = false;
    MailboxState state = Histories.folded(bench.stored());
    for (List<RecordedAction> actions : log) {
      try {
        state.check(state.entry() + 1, entry(actions));
      } catch (BrokenLogException notThisOne) {
        continue;
      }
      bench.write(Bench.LOG, state.entry() + 1, actions);
      Histories.fold(state, bench.stored().subList((int) state.entry(), bench.stored().size()));
    }
    List<Throwable> unheard = new ArrayList<>();
    RxJavaPlugins.setErrorHandler(unheard::add);
    try {
      assertThat(outcomes(bench))
          .noneMatch(outcome -> outcome instanceof Retry)
          .noneMatch(outcome -> outcome.toString().contains("internal error"));
      useAll(bench, state);
      assertThat(outcomes(bench)).noneMatch(outcome -> outcome instanceof Retry);
    } finally {
      RxJavaPlugins.setErrorHandler(null);
    }
    assertThat(unheard).isEmpty();
  }

  @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
  void aMailboxShouldBeServedOrUnavailable(@ForAll("logs") List<List<RecordedAction>> log) {
    Bench bench = new Bench();
    for (List<RecordedAction> actions : log) {
      bench.write(Bench.LOG, bench.stored().size() + 1, actions);
    }
    boolean broken = false;
    try {
      Histories.folded(bench.stored());
    } catch (BrokenLogException e) {
      broken = true;
    }

    List<Object> outcomes = outcomes(bench);

    if (broken) {
      assertThat(outcomes).containsOnly(new Retry<>("mailbox unavailable"));
      bench.execute(Sends.send("s9")).assertValue(new CommandOutcome.Retry("mailbox unavailable"));
    } else {
      assertThat(outcomes).noneMatch(outcome -> outcome instanceof Retry);
    }
  }

  /** What reads answer; that they answer, once, without an error, is asserted. */
  private static List<Object> outcomes(Bench bench) {
    MailboxShard shard = bench.shard;
    List<Single<? extends ReadOutcome<?>>> reads = new ArrayList<>();
    reads.add(shard.listThreads(MAILBOX, PAGE, Freshness.COMMITTED));
    reads.add(shard.stats(MAILBOX));
    reads.add(shard.contacts(MAILBOX, PAGE));
    reads.add(shard.recentPeers(MAILBOX, 10));
    reads.add(shard.threadOf(MAILBOX, Set.of(Sends.CAROL)));
    for (MessageOrder order : List.of(MessageOrder.OLDEST_FIRST, new MessageOrder(true, true))) {
      reads.add(shard.listMessages(MAILBOX, Optional.empty(), order, PAGE, Freshness.LATEST));
    }
    reads.add(shard.events(MAILBOX, Position.START, 256));
    return reads.stream().<Object>map(ForeignLogPropertyTest::value).toList();
  }

  private static <T> T value(Single<T> answer) {
    TestObserver<T> told = answer.test();
    told.assertNoErrors().assertValueCount(1);
    return told.values().get(0);
  }

  /** Commands and deliveries of every kind; none of them may end without an answer. */
  private static void useAll(Bench bench, MailboxState state) {
    List<TestObserver<?>> told = new ArrayList<>();
    for (int thread = 0; thread < state.threads().count(); thread++) {
      MessageId id = state.id(state.threads().get(thread).first());
      value(bench.shard.threadPeople(MAILBOX, id));
      value(bench.shard.getMessage(MAILBOX, id));
      told.add(bench.execute(Sends.send("n" + thread, "x", Optional.of(id), Sends.TO_CAROL)));
      told.add(bench.execute(new MarkRead(Sends.request("r" + thread, ""), id, id.position())));
      Edit edit =
          new Edit(List.of("f"), List.of("work"), Optional.of(Folder.MESSAGES), Optional.of(true));
      Scope scope = new Scope(Optional.of(id), List.of());
      told.add(bench.execute(new Modify(Sends.request("m" + thread, ""), scope, edit)));
    }
    for (long entry = 2; entry <= state.entry(); entry++) {
      Undo undo = new Undo(Sends.request("u" + entry, ""), Position.of(entry, 0));
      told.add(bench.execute(undo));
    }
    List<Address> anns = List.of(Address.parse("email:ann@example.org"));
    told.add(bench.execute(new SetContact(Sends.request("c", ""), Optional.empty(), "Ann", anns)));
    for (String key : List.of("k1", "k2", "s1", "k9")) {
      told.add(bench.deliver(Mails.mail(key)));
      told.add(bench.execute(Sends.send(key, Sends.TO_DAVE)));
    }
    bench.pass(Duration.ofSeconds(11));
    told.forEach(each -> each.assertNoErrors().assertValueCount(1));
    assertThat(told.stream().map(each -> each.values().get(0).toString()))
        .noneMatch(outcome -> outcome.contains("Retry"));
  }

  private static Entry entry(List<RecordedAction> actions) {
    return new Entry(new Stamp(new Incarnation(9, 9), 1), actions);
  }
}
