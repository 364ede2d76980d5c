package io.tributary.server.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.schedulers.Schedulers;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.identity.Incarnation;
import io.tributary.codecs.identity.Stamp;
import io.tributary.codecs.identity.Stamps;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.log.Action;
import io.tributary.codecs.log.Entry;
import io.tributary.codecs.log.EntryCodec;
import io.tributary.codecs.log.RecordedAction;
import io.tributary.codecs.message.Author;
import io.tributary.codecs.message.Author.Standing;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.Channel;
import io.tributary.codecs.message.Content;
import io.tributary.codecs.message.Delivery;
import io.tributary.codecs.message.Envelope;
import io.tributary.codecs.message.KnownPeople;
import io.tributary.codecs.message.Recipient;
import io.tributary.codecs.message.References;
import io.tributary.mailbox.DeliverOutcome;
import io.tributary.mailbox.MailboxEnvironment;
import io.tributary.mailbox.MailboxLimits;
import io.tributary.mailbox.MailboxLinks;
import io.tributary.mailbox.MailboxObserver;
import io.tributary.mailbox.MailboxRef;
import io.tributary.mailbox.MailboxShard;
import io.tributary.mailbox.MailboxStats;
import io.tributary.mailbox.ReadOutcome;
import io.tributary.storage.ActionLog;
import io.tributary.storage.AppendResult;
import io.tributary.storage.FrozenEntry;
import io.tributary.storage.InMemoryActionLog;
import io.tributary.storage.InMemoryOwedMarkers;
import io.tributary.storage.LogId;
import io.tributary.storage.StoredEntry;
import io.tributary.store.HBaseSettings;
import io.tributary.store.HBaseStore;
import io.tributary.store.testing.Await;
import io.tributary.store.testing.HBaseProcess;
import io.tributary.store.testing.SharedHBase;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A node takes over a mailbox with many messages, each in an entry of its own, on a real HBase. How
 * long that takes is printed; it is too noisy to be a condition. {@code -Dtakeover.messages} and
 * {@code -Dtakeover.times} say how many.
 */
@ExtendWith(SharedHBase.class)
class TakeoverIT {
  private static final int MESSAGES = Integer.getInteger("takeover.messages", 3_000);
  private static final int TAKEOVERS = Integer.getInteger("takeover.times", 3);
  private static final int WRITES_AT_ONCE = 64;
  private static final Address BOBS = Address.parse("email:bob@example.com");

  private final Scheduler scheduler = Schedulers.single();
  private final MailboxRef mailbox =
      new MailboxRef(new UserId(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE)), 1);
  private final LogId log = new LogId(mailbox.user(), 1);
  private final HBaseStore store;
  private long incarnations = 100;

  TakeoverIT(HBaseProcess hbase) {
    HBaseSettings.Table probed = new HBaseSettings.Table(HBaseProcess.CELL, "log");
    store =
        HBaseStore.open(
            new HBaseSettings(
                hbase.zookeeper(), HBaseProcess.ZNODE_PARENT, probed, Duration.ofSeconds(10), 256),
            Schedulers.io(),
            new SimpleMeterRegistry());
  }

  @BeforeEach
  void awaitStore() {
    Await.until(Duration.ofSeconds(30), "HBase to answer", () -> store.health().answering());
  }

  @AfterEach
  void close() {
    store.close().blockingAwait();
  }

  @Test
  void newOwnerShouldShowWhatTheOldOneDidAndReadLittle() {
    write(history());
    Counting replay = new Counting(store.actionLog(HBaseProcess.CELL, scheduler));
    MailboxShard old = shard(replay);
    long replayed = System.nanoTime();
    MailboxStats before = stats(old);
    report("replay", replayed);
    assertThat(before.counts().messages()).isEqualTo(MESSAGES);
    long left = System.nanoTime();
    assertThat(old.leave().subscribeOn(scheduler).blockingAwait(30, TimeUnit.SECONDS)).isTrue();
    report("snapshot", left);
    int bytes =
        store
            .snapshots(HBaseProcess.CELL, scheduler)
            .newestFirst(log)
            .blockingFirst()
            .content()
            .length();
    System.out.printf("takeover: the snapshot has %,d bytes%n", bytes);

    for (int time = 0; time < TAKEOVERS; time++) {
      Counting reads = new Counting(store.actionLog(HBaseProcess.CELL, scheduler));
      MailboxShard next = shard(reads);
      long began = System.nanoTime();
      MailboxStats after = stats(next);
      report("takeover " + time, began);
      assertThat(after).isEqualTo(before);
      assertThat(reads.entries).isLessThan(replay.entries / 2);
    }

    long began = System.nanoTime();
    DeliverOutcome outcome =
        shard(store.actionLog(HBaseProcess.CELL, scheduler))
            .deliver(mail(MESSAGES))
            .subscribeOn(scheduler)
            .blockingGet();
    report("delivery into a mailbox that is not in memory", began);
    assertThat(outcome).isInstanceOf(DeliverOutcome.Stored.class);
  }

  private static void report(String what, long began) {
    System.out.printf("takeover: %s took %.1f ms%n", what, (System.nanoTime() - began) / 1e6);
  }

  private MailboxStats stats(MailboxShard shard) {
    var outcome = shard.stats(mailbox).subscribeOn(scheduler).blockingGet();
    assertThat(outcome).isInstanceOf(ReadOutcome.Found.class);
    return ((ReadOutcome.Found<MailboxStats>) outcome).value();
  }

  private MailboxShard shard(ActionLog reading) {
    return new MailboxShard(
        new MailboxLinks(
            reading,
            store.snapshots(HBaseProcess.CELL, scheduler),
            new InMemoryOwedMarkers(),
            copy -> Single.never(),
            batch -> {}),
        environment(),
        MailboxLimits.DEFAULT,
        MailboxObserver.NONE);
  }

  private MailboxEnvironment environment() {
    return new MailboxEnvironment(
        scheduler,
        InstantSource.system(),
        new Stamps(new Incarnation(7, incarnations++)),
        new SplittableRandom(1));
  }

  /** Written by a mailbox in memory, as one node would write it. */
  private List<StoredEntry> history() {
    InMemoryActionLog memory = new InMemoryActionLog();
    Stamp stamp = new Stamp(new Incarnation(1, 1), 1);
    Action opened = new Action.Opened(1, "c1", "bob", List.of(BOBS));
    RecordedAction first = new RecordedAction(500, Optional.empty(), opened, Optional.empty());
    byte[] bytes = EntryCodec.encode(new Entry(stamp, List.of(first)));
    var unused = memory.append(new FrozenEntry(log, 1, stamp, Bytes.ofOwned(bytes))).blockingGet();
    MailboxShard writer =
        new MailboxShard(
            MailboxLinks.withoutOutbox(memory),
            environment(),
            MailboxLimits.DEFAULT,
            MailboxObserver.NONE);
    Flowable.range(0, MESSAGES)
        .concatMapSingle(n -> writer.deliver(mail(n)).subscribeOn(scheduler))
        .blockingSubscribe();
    List<StoredEntry> entries = new ArrayList<>();
    List<StoredEntry> page;
    do {
      page = memory.read(log, entries.size() + 1L, MESSAGES).blockingGet();
      entries.addAll(page);
    } while (!page.isEmpty());
    return entries;
  }

  private Delivery mail(int number) {
    Author author =
        new Author(
            Address.parse("email:friend" + number % 300 + "@example.org"),
            "Friend",
            Standing.OUTSIDE);
    return new Delivery(
        new Recipient(mailbox.user(), 1, BOBS),
        Optional.of(Bytes.ofUtf8("%016d".formatted(number))),
        Optional.empty(),
        new Envelope(Channel.EMAIL, author, List.of(BOBS), "sender@example.org", number),
        new Content(
            "subject " + number,
            "some words of text ".repeat(15),
            List.of(),
            Bytes.ofUtf8("Subject: raw\r\n\r\n" + "some words of text ".repeat(30)),
            new References(Optional.of(Bytes.ofUtf8("<%013d>".formatted(number))), List.of())),
        KnownPeople.NONE);
  }

  private void write(List<StoredEntry> entries) {
    ActionLog hbase = store.actionLog(HBaseProcess.CELL, Schedulers.computation());
    List<AppendResult> results =
        Flowable.fromIterable(entries)
            .flatMapSingle(each -> hbase.append(frozen(each)), false, WRITES_AT_ONCE)
            .toList()
            .blockingGet();
    assertThat(results).allMatch(AppendResult.Appended.class::isInstance);
  }

  private FrozenEntry frozen(StoredEntry entry) {
    Stamp stamp = EntryCodec.stampOf(entry.bytes().unsafeArray());
    return new FrozenEntry(log, entry.number(), stamp, entry.bytes());
  }

  /** How many entries were read forward. */
  private static final class Counting implements ActionLog {
    private final ActionLog log;
    private long entries;

    Counting(ActionLog log) {
      this.log = log;
    }

    @Override
    public Single<AppendResult> append(FrozenEntry entry) {
      return log.append(entry);
    }

    @Override
    public Single<List<StoredEntry>> read(LogId id, long fromEntry, int entriesMax) {
      return log.read(id, fromEntry, entriesMax).doOnSuccess(page -> entries += page.size());
    }

    @Override
    public Single<List<StoredEntry>> readEach(LogId id, Collection<Long> numbers) {
      return log.readEach(id, numbers);
    }
  }
}
