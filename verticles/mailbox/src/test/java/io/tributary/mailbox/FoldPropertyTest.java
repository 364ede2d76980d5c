package io.tributary.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.log.EntryCodec;
import io.tributary.codecs.message.Author.Standing;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.MessageId;
import io.tributary.storage.StoredEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class FoldPropertyTest {
  private static final int KEYS = 12;
  private static final int IDS = 8;

  /** One mail of a generated history; answered with those before it, or not. */
  record Step(Mails mail, boolean commit, int daysBefore) {}

  @Property(tries = 150)
  void foldOfAPrefixAndTheRestShouldBeTheFoldOfAll(
      @ForAll("histories") List<Step> history, @ForAll int cut) {
    List<StoredEntry> log = write(history).stored();
    int prefix = Math.floorMod(cut, log.size() + 1);

    MailboxState all = new MailboxState(Bench.LOG);
    fold(all, log);
    MailboxState inTwo = new MailboxState(Bench.LOG);
    fold(inTwo, log.subList(0, prefix));
    fold(inTwo, log.subList(prefix, log.size()));

    assertThat(digest(inTwo)).isEqualTo(digest(all));
    assertThat(inTwo.weightBytes()).isEqualTo(all.weightBytes());
  }

  @Property(tries = 150)
  void ownersStateShouldBeTheFoldOfItsLog(@ForAll("histories") List<Step> history) {
    Bench bench = write(history);
    Bench replaying = bench.rival();

    assertThat(listing(bench)).isEqualTo(listing(replaying));
  }

  @Property(tries = 150)
  void keyShouldBeVisibleOnceInSevenDays(@ForAll("histories") List<Step> history) {
    MailboxState state = new MailboxState(Bench.LOG);
    List<String> seen = new ArrayList<>();
    for (StoredEntry stored : write(history).stored()) {
      var entry = EntryCodec.decode(stored.bytes().unsafeArray());
      for (var action : entry.actions()) {
        if (action.key().isPresent()) {
          long millis = action.recordedMillis();
          assertThat(state.byKey(action.key().get(), millis)).isEmpty();
          seen.add(action.key().get().toString() + " " + stored.number());
        }
      }
      state.fold(stored.number(), entry, stored.bytes().length());
    }
    assertThat(seen).doesNotHaveDuplicates();
  }

  private static Bench write(List<Step> history) {
    Bench bench = new Bench();
    for (Step step : history) {
      bench.pass(Duration.ofDays(step.daysBefore));
      bench.deliver(step.mail);
      while (step.commit && !bench.log.offers.isEmpty()) {
        bench.log.takeOffer().carryOut();
      }
    }
    while (!bench.log.offers.isEmpty()) {
      bench.log.takeOffer().carryOut();
    }
    return bench;
  }

  private static void fold(MailboxState state, List<StoredEntry> log) {
    for (StoredEntry stored : log) {
      byte[] bytes = stored.bytes().unsafeArray();
      state.fold(stored.number(), EntryCodec.decode(bytes), bytes.length);
    }
  }

  private static List<Object> digest(MailboxState state) {
    List<Object> digest = new ArrayList<>();
    digest.add(state.entry());
    digest.add(state.own());
    state
        .threads()
        .newestFirst(Optional.empty())
        .values()
        .forEach(thread -> digest.add(state.view(thread)));
    for (int message = 0; message < state.messages().count(); message++) {
      MessageId id = state.id(state.messages().position(message));
      digest.add(List.of(id, state.threadOf(id), state.messages().viewBytes(message)));
    }
    for (int key = 0; key < KEYS; key++) {
      digest.add(state.byKey(Bytes.ofUtf8("k" + key), 0));
    }
    for (int id = 0; id < IDS; id++) {
      digest.add(state.threads().ofMessageId(Bytes.ofUtf8("<" + id + ">")).map(ThreadState::first));
    }
    MessagePage page = new MessagePage(state, null, MessageOrder.OLDEST_FIRST);
    page.fill(Optional.empty(), 10);
    digest.add(page.messages());
    return digest;
  }

  private static List<Object> listing(Bench bench) {
    List<Object> listing = new ArrayList<>();
    PageRequest page = PageRequest.first(PageRequest.SIZE_MAX);
    var threads = bench.shard.listThreads(Mails.MAILBOX, page, Freshness.COMMITTED);
    var messages =
        bench.shard.listMessages(Mails.MAILBOX, Optional.empty(), page, Freshness.COMMITTED);
    listing.add(threads.test().values());
    listing.add(messages.test().values());
    return listing;
  }

  @Provide
  Arbitrary<List<Step>> histories() {
    return Combinators.combine(
            mails(), Arbitraries.of(true, true, false), Arbitraries.of(0, 0, 0, 1, 5, 8))
        .as(Step::new)
        .list()
        .ofMaxSize(40);
  }

  private static Arbitrary<Mails> mails() {
    var authors =
        Arbitraries.of("ann@example.org", "cy@example.org", "eve@example.com", "bob@example.com");
    var keys = Arbitraries.integers().between(0, KEYS);
    var standings = Arbitraries.of(Standing.class);
    var others = Arbitraries.of("ann@example.org", "cy@example.org").set().ofMaxSize(2);
    var ids = Arbitraries.integers().between(0, IDS - 1);
    return Combinators.combine(authors, keys, standings, others, ids, ids)
        .as(
            (author, key, standing, to, id, parent) -> {
              Mails mail = Mails.mail("k" + key).from("email:" + author, standing);
              mail = mail.to(to.stream().map(each -> "email:" + each).toArray(String[]::new));
              mail = mail.id("<" + id + ">", parent < 4 ? "<none>" : "<" + parent + ">");
              mail = id == 0 ? mail.resolvedBy(Mails.BOBS_OTHER) : mail;
              mail = id == 1 ? mail.resolvedBy(Address.parse("chat:nobody")) : mail;
              return key == KEYS ? mail.keyless() : mail;
            });
  }
}
