package io.tributary.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.codecs.log.Action;
import io.tributary.codecs.log.EntryCodec;
import io.tributary.codecs.log.RecordedAction;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.Position;
import io.tributary.mailbox.Histories.Step;
import io.tributary.storage.StoredEntry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

class FoldPropertyTest {
  private static final Set<Class<?>> WRITTEN = new HashSet<>();

  @Provide
  Arbitrary<List<Step>> histories() {
    return Histories.all();
  }

  /** Else the properties below would say less than they seem to. */
  @AfterContainer
  static void everyKindOfActionShouldHaveBeenWritten() {
    assertThat(WRITTEN)
        .contains(
            Action.Opened.class,
            Action.Delivered.class,
            Action.Sent.class,
            Action.Settled.class,
            Action.Read.class,
            Action.Modified.class,
            Action.ContactSet.class,
            Action.AddressesSet.class,
            Action.SmsStatusNoted.class);
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void foldOfAPrefixAndTheRestShouldBeTheFoldOfAll(
      @ForAll("histories") List<Step> history, @ForAll int cut) {
    List<StoredEntry> log = Histories.write(history).stored();
    int prefix = Math.floorMod(cut, log.size() + 1);

    MailboxState all = Histories.folded(log);
    MailboxState inTwo = Histories.folded(log.subList(0, prefix));
    Histories.fold(inTwo, log.subList(prefix, log.size()));

    assertThat(digest(inTwo)).isEqualTo(digest(all));
    assertThat(inTwo.weightBytes()).isEqualTo(all.weightBytes());
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void ownersStateShouldBeTheFoldOfItsLog(@ForAll("histories") List<Step> history) {
    Bench bench = Histories.write(history);

    assertThat(listing(bench)).isEqualTo(listing(bench.rival()));
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void keyShouldBeVisibleOnceInSevenDays(@ForAll("histories") List<Step> history) {
    MailboxState state = new MailboxState(Bench.LOG);
    for (StoredEntry stored : Histories.write(history).stored()) {
      var entry = EntryCodec.decode(stored.bytes().unsafeArray());
      Set<Object> ofThisEntry = new HashSet<>();
      for (RecordedAction action : entry.actions()) {
        WRITTEN.add(action.action().getClass());
        if (action.key().isPresent()) {
          assertThat(use(state, action)).isEmpty();
          assertThat(ofThisEntry.add(List.of(action.key(), action.request().isPresent()))).isTrue();
        }
      }
      state.fold(stored.number(), entry, stored.bytes().length());
    }
  }

  private static Optional<Position> use(MailboxState state, RecordedAction action) {
    Bytes key = action.key().orElseThrow();
    return action.request().isPresent()
        ? state.byRequest(key, action.recordedMillis()).map(IdempotencyKeys.Use::position)
        : state.byKey(key, action.recordedMillis());
  }

  static List<Object> digest(MailboxState state) {
    List<Object> digest = new ArrayList<>();
    digest.add(List.of(state.entry(), state.head(), state.own(), state.name()));
    for (ThreadState thread : state.threads().newestFirst(Optional.empty()).values()) {
      digest.add(state.view(thread));
      digest.add(List.copyOf(thread.participants().entrySet()));
      digest.add(List.copyOf(thread.authors().entrySet()));
    }
    for (int message = 0; message < state.messages().count(); message++) {
      MessageId id = state.id(state.messages().position(message));
      digest.add(List.of(id, state.threadOf(id), state.messages().viewBytes(message)));
      digest.add(state.marks().flags(message));
      digest.add(state.messages().deleted(message));
      digest.add(state.messages().deletionChangedAt(message));
    }
    digest.add(List.copyOf(state.contacts().behind(Position.START).values()));
    digest.add(state.outstanding().behind(Position.START).toString());
    digest.add(Figures.of(state));
    keys(state, digest);
    MessagePage page = new MessagePage(state, null, MessageOrder.OLDEST_FIRST);
    page.fill(Optional.empty(), 10);
    digest.add(page.messages());
    return digest;
  }

  private static void keys(MailboxState state, List<Object> digest) {
    for (int key = 0; key < Histories.KEYS; key++) {
      digest.add(state.byKey(Bytes.ofUtf8("k" + key), 0));
    }
    for (int send = 0; send < Histories.SENDS; send++) {
      digest.add(state.byRequest(Bytes.ofUtf8("s" + send), 0));
    }
    for (int id = 0; id < Histories.IDS; id++) {
      digest.add(state.threads().ofMessageId(Bytes.ofUtf8("<" + id + ">")).map(ThreadState::first));
    }
  }

  static List<Object> listing(Bench bench) {
    PageRequest page = PageRequest.first(PageRequest.SIZE_MAX);
    var threads = bench.shard.listThreads(Mails.MAILBOX, page, Freshness.COMMITTED);
    var messages =
        bench.shard.listMessages(Mails.MAILBOX, Optional.empty(), page, Freshness.COMMITTED);
    return List.of(
        threads.test().values(),
        messages.test().values(),
        bench.shard.stats(Mails.MAILBOX).test().values(),
        bench.shard.contacts(Mails.MAILBOX, page).test().values(),
        bench.shard.events(Mails.MAILBOX, Position.START, 256).test().values());
  }
}
