package io.tributary.mailbox;

import static io.tributary.mailbox.Mails.mail;
import static org.assertj.core.api.Assertions.assertThat;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.tributary.codecs.message.Bytes;
import io.tributary.storage.InMemorySnapshotStore;
import io.tributary.storage.LogId;
import io.tributary.storage.Snapshot;
import io.tributary.storage.SnapshotStore;
import io.tributary.storage.StorageUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SnapshotsTest {
  private static final int MANY = 400;

  private final Store store = new Store();
  private final Bench bench = new Bench().rival(store);

  /** Snapshots in memory, with what was written and what is to go wrong. */
  private static final class Store implements SnapshotStore {
    final InMemorySnapshotStore memory = new InMemorySnapshotStore();
    final List<Snapshot> written = new ArrayList<>();
    boolean fails;
    boolean silent;
    UnaryOperator<Snapshot> asRead = snapshot -> snapshot;

    @Override
    public Completable put(Snapshot snapshot) {
      if (silent) {
        return Completable.never();
      }
      if (fails) {
        return Completable.error(StorageUnavailableException.outcomeUnknown("scripted"));
      }
      return memory.put(snapshot).doOnComplete(() -> written.add(snapshot));
    }

    @Override
    public Flowable<Snapshot> newestFirst(LogId log) {
      return fails
          ? Flowable.error(StorageUnavailableException.notApplied("scripted"))
          : memory.newestFirst(log).map(asRead::apply);
    }
  }

  @BeforeEach
  void holdNothingUp() {
    bench.log.appendsAreHeld = false;
  }

  @Test
  void shortLogShouldHaveNoSnapshot() {
    deliver(100);

    assertThat(store.written).isEmpty();
  }

  @Test
  void longLogShouldBeLoadedFromItsSnapshot() {
    deliver(MANY);
    Bench owner = bench.rival(store);
    Bench replaying = bench.rival(NoSnapshots.INSTANCE);

    assertThat(FoldPropertyTest.listing(owner)).isEqualTo(FoldPropertyTest.listing(replaying));
    assertThat(newest().entry()).isGreaterThan(MANY / 2);
    assertThat(owner.log.reads).isLessThan(replaying.log.reads);
  }

  @Test
  void mailboxLoadedFromItsSnapshotShouldGoOn() {
    deliver(MANY);
    Bench owner = bench.rival(store);
    owner.log.appendsAreHeld = false;

    owner.deliver(mail("k1")).assertValue(DeliverOutcome.Duplicate.class::isInstance);
    owner.deliver(mail("new")).assertValue(DeliverOutcome.Stored.class::isInstance);
    owner.deliver(mail("new")).assertValue(DeliverOutcome.Duplicate.class::isInstance);

    Bench replaying = bench.rival(NoSnapshots.INSTANCE);
    assertThat(FoldPropertyTest.listing(owner)).isEqualTo(FoldPropertyTest.listing(replaying));
  }

  @Test
  void damagedOneShouldBePassedOver() {
    deliver(2 * MANY);
    long newest = newest().entry();
    store.asRead = snapshot -> snapshot.entry() == newest ? damaged(snapshot) : snapshot;

    assertLoadsInFewerReadsThanAReplay();
  }

  private void assertLoadsInFewerReadsThanAReplay() {
    Bench owner = bench.rival(store);
    Bench replaying = bench.rival(NoSnapshots.INSTANCE);
    assertThat(FoldPropertyTest.listing(owner)).isEqualTo(FoldPropertyTest.listing(replaying));
    assertThat(owner.log.reads).isLessThan(replaying.log.reads);
  }

  @Test
  void logShouldBeReplayedWhereNoSnapshotIsOfUse() {
    deliver(2 * MANY);
    store.asRead = SnapshotsTest::damaged;
    Bench owner = bench.rival(store);

    assertThat(FoldPropertyTest.listing(owner))
        .isEqualTo(FoldPropertyTest.listing(bench.rival(NoSnapshots.INSTANCE)));
  }

  @Test
  void logShouldBeReplayedWhereSnapshotsCannotBeRead() {
    deliver(MANY);
    store.fails = true;

    assertThat(FoldPropertyTest.listing(bench.rival(store)))
        .isEqualTo(FoldPropertyTest.listing(bench.rival(NoSnapshots.INSTANCE)));
  }

  @Test
  void silentStoreShouldHoldNobodyUp() {
    store.silent = true;

    deliver(2 * MANY);

    assertThat(bench.outcomes).hasSize(2 * MANY).allMatch(DeliverOutcome.Stored.class::isInstance);
  }

  @Test
  void failedWriteShouldBeTriedAgainLaterAndNotAtOnce() {
    store.fails = true;
    deliver(MANY);
    store.fails = false;
    deliver(MANY, 1);
    assertThat(store.written).isEmpty();

    bench.pass(Duration.ofSeconds(5));

    assertThat(store.written).hasSize(1);
    assertThat(newest().entry()).isEqualTo(head());
  }

  @Test
  void snapshotsShouldNotWriteMuchMoreThanTheLog() {
    deliver(4_000);

    long logCost = bench.stored().stream().mapToLong(each -> 1_024 + each.bytes().length()).sum();
    long written = store.written.stream().mapToLong(each -> each.content().length()).sum();
    assertThat(store.written).hasSizeGreaterThan(3);
    assertThat(written).isLessThanOrEqualTo(logCost);
  }

  @Test
  void whatIsNotCommittedShouldNotBeInASnapshot() {
    deliver(MANY);
    int before = store.written.size();
    bench.log.appendsAreHeld = true;

    bench.deliver(mail("held"));
    bench.pass(Duration.ofSeconds(5));
    bench.shard.leave().blockingAwait();

    assertThat(store.written).hasSizeGreaterThan(before);
    assertThat(newest().entry()).isEqualTo(head());
    assertThat(SnapshotCodec.decode(newest()).byKey(Bytes.ofUtf8("held"), 0)).isEmpty();
  }

  @Test
  void whoLeavesShouldLeaveASnapshotOfWhatIsWorthIt() {
    deliver(100);

    bench.shard.leave().blockingAwait();

    assertThat(newest().entry()).isEqualTo(head());
    int before = store.written.size();
    bench.shard.leave().blockingAwait();
    assertThat(store.written).as("nothing has changed").hasSize(before);
  }

  @Test
  void leavingShouldEndThoughSnapshotsFail() {
    deliver(100);
    store.fails = true;

    bench.shard.leave().test().assertComplete();
  }

  @Test
  void loadedLogShouldGetTheSnapshotItLacks() {
    store.fails = true;
    deliver(MANY);
    store.fails = false;

    Bench reader = bench.rival(store);
    FoldPropertyTest.listing(reader);
    reader.pass(Duration.ofMillis(1));

    assertThat(newest().entry()).isEqualTo(head());
  }

  private void deliver(int count) {
    deliver(0, count);
  }

  private void deliver(int first, int count) {
    for (int n = first; n < first + count; n++) {
      bench.deliver(mail("k" + n));
      bench.pass(Duration.ofMillis(1));
    }
  }

  private long head() {
    return bench.stored().size();
  }

  private Snapshot newest() {
    return store.memory.newestFirst(Bench.LOG).blockingFirst();
  }

  private static Snapshot damaged(Snapshot snapshot) {
    byte[] bytes = snapshot.content().toArray();
    bytes[bytes.length / 2]++;
    return new Snapshot(snapshot.log(), snapshot.entry(), Bytes.ofOwned(bytes));
  }
}
