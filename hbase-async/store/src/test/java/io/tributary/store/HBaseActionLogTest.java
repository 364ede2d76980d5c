package io.tributary.store;

import static io.tributary.store.ScriptedRows.Step.ANSWER_LOST;
import static io.tributary.store.ScriptedRows.Step.FINE;
import static io.tributary.store.ScriptedRows.Step.LATE;
import static io.tributary.store.ScriptedRows.Step.REFUSED;
import static io.tributary.store.ScriptedRows.Step.REQUEST_LOST;
import static io.tributary.store.ScriptedRows.Step.SILENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.log.EntryCodec;
import io.tributary.codecs.message.Bytes;
import io.tributary.storage.AppendResult;
import io.tributary.storage.FrozenEntry;
import io.tributary.storage.LogId;
import io.tributary.storage.StoredEntry;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HBaseActionLogTest {

  private static final LogId LOG = new LogId(new UserId(0x1234), 1);

  private final ScriptedRows rows = new ScriptedRows();
  private final TestScheduler clock = new TestScheduler();
  private final HBaseActionLog log =
      new HBaseActionLog(
          rows,
          "c1",
          new GroupCommitter(rows, GroupLimits.DEFAULT, clock, new SimpleMeterRegistry()),
          clock,
          Duration.ofMillis(3_000));

  @Test
  void appendShouldStoreTheBytesAtTheNumber() {
    assertThat(append(entry(1, "a"))).isInstanceOf(AppendResult.Appended.class);

    assertThat(log.read(LOG, 1, 10).blockingGet())
        .containsExactly(new StoredEntry(1, entry(1, "a").bytes()));
    assertThat(rows.calls).containsExactly("put");
  }

  @Test
  void appendShouldReportSequenceTakenWhenAnotherOwnerWroteFirst() {
    append(entry(1, "other"));

    assertThat(append(entry(1, "mine"))).isInstanceOf(AppendResult.SequenceTaken.class);
  }

  /** Whatever stands where a stamp stands in this version. */
  @Test
  void anEntryOfAnotherFormatShouldTakeTheNumber() {
    append(entry(1, "a"));
    rows.stored.replaceAll(
        (row, value) -> {
          byte[] newer = value.toArray();
          newer[0] = 9;
          return Bytes.ofOwned(newer);
        });

    assertThat(append(entry(1, "a"))).isInstanceOf(AppendResult.SequenceTaken.class);
  }

  @Test
  void appendShouldBeRepeatable() {
    append(entry(1, "a"));

    assertThat(append(entry(1, "a"))).isInstanceOf(AppendResult.Appended.class);
  }

  @Test
  void unknownOutcomeShouldBeSuccessWhenOurOwnStampIsRead() {
    rows.writes(ANSWER_LOST);

    assertThat(append(entry(1, "a"))).isInstanceOf(AppendResult.Appended.class);
    assertThat(rows.calls).containsExactly("put", "get");
  }

  @Test
  void unknownOutcomeShouldBeTakenWhenAForeignStampIsRead() {
    append(entry(1, "other"));
    rows.calls.clear();
    rows.writes(REQUEST_LOST);

    assertThat(append(entry(1, "mine"))).isInstanceOf(AppendResult.SequenceTaken.class);
    assertThat(rows.calls).containsExactly("put", "get");
  }

  @Test
  void unknownOutcomeShouldBeOfferedAgainWhenTheRowIsAbsent() {
    rows.writes(REQUEST_LOST, FINE);

    assertThat(append(entry(1, "a"))).isInstanceOf(AppendResult.Appended.class);
    assertThat(rows.calls).containsExactly("put", "get", "put");
  }

  @Test
  void absentShouldNeverBeTakenForNotApplied() {
    rows.writes(LATE, REQUEST_LOST, REQUEST_LOST);

    assertThat(append(entry(1, "a"))).isInstanceOf(AppendResult.InDoubt.class);

    rows.land();
    assertThat(log.read(LOG, 1, 1).blockingGet()).hasSize(1);
    assertThat(append(entry(1, "a"))).isInstanceOf(AppendResult.Appended.class);
  }

  @Test
  void lateLandingBetweenReadAndSecondOfferShouldCountAsOurOwn() {
    rows.writes(LATE, ANSWER_LOST);
    TestObserver<AppendResult> observer = log.append(entry(1, "a")).test();
    rows.land();
    clock.triggerActions();

    observer.assertValue(AppendResult.Appended.class::isInstance);
    assertThat(rows.stored).hasSize(1);
  }

  @Test
  void refusalShouldBeNotAppliedOnlyWhenNoEarlierOfferCanLand() {
    rows.writes(REFUSED);
    assertThat(append(entry(1, "a"))).isInstanceOf(AppendResult.NotApplied.class);

    rows.writes(LATE, REFUSED);
    assertThat(append(entry(1, "a"))).isInstanceOf(AppendResult.InDoubt.class);
  }

  @Test
  void unreadableRowShouldLeaveTheOutcomeInDoubt() {
    rows.writes(ANSWER_LOST).reads(REQUEST_LOST);
    assertThat(append(entry(1, "a"))).isInstanceOf(AppendResult.InDoubt.class);

    rows.reads(REQUEST_LOST);
    assertThat(append(entry(1, "a"))).isInstanceOf(AppendResult.InDoubt.class);
  }

  @Test
  void sameStampShouldBeOwnEvenWhenThePayloadWasDestroyedSince() {
    FrozenEntry entry = entry(1, "a");
    byte[] stub = Arrays.copyOf(entry.bytes().toArray(), EntryCodec.HEADER_BYTES);
    RowKey row = new RowKey("c1:log", RowKeys.log(LOG, 1));
    rows.stored.put(row, Bytes.ofOwned(stub));
    assertThat(append(entry)).isInstanceOf(AppendResult.Appended.class);

    rows.stored.put(row, Bytes.ofUtf8("not an entry"));
    assertThat(append(entry)).isInstanceOf(AppendResult.SequenceTaken.class);
  }

  @Test
  void silenceShouldEndAtTheDeadlineInDoubt() {
    rows.writes(SILENT);
    TestObserver<AppendResult> observer = log.append(entry(1, "a")).test();

    clock.advanceTimeBy(2_999, TimeUnit.MILLISECONDS);
    observer.assertNotComplete();
    clock.advanceTimeBy(1, TimeUnit.MILLISECONDS);
    observer.assertValue(AppendResult.InDoubt.class::isInstance);
  }

  @Test
  void readShouldStopBeforeAGapAndBeforeOtherLogs() {
    for (long number : new long[] {1, 2, 4}) {
      append(entry(number, "n" + number));
    }
    append(entry(new LogId(LOG.user(), 2), 1, "later"));

    assertThat(numbers(log.read(LOG, 1, 100).blockingGet())).containsExactly(1L, 2L);
    assertThat(numbers(log.read(LOG, 2, 100).blockingGet())).containsExactly(2L);
    assertThat(numbers(log.read(LOG, 1, 1).blockingGet())).containsExactly(1L);
    assertThat(log.read(LOG, 3, 100).blockingGet()).isEmpty();
    assertThat(log.read(LOG, 5, 100).blockingGet()).isEmpty();
  }

  @Test
  void readEachShouldLeaveOutWhatIsAbsentAndKeepTheOrder() {
    append(entry(1, "a"));
    append(entry(3, "c"));

    assertThat(numbers(log.readEach(LOG, List.of(3L, 2L, 1L, 3L)).blockingGet()))
        .containsExactly(1L, 3L);
    assertThat(log.readEach(LOG, List.of()).blockingGet()).isEmpty();
  }

  private AppendResult append(FrozenEntry entry) {
    TestObserver<AppendResult> answer = log.append(entry).test();
    clock.triggerActions();
    return answer.assertComplete().values().get(0);
  }

  private static List<Long> numbers(List<StoredEntry> entries) {
    return entries.stream().map(StoredEntry::number).toList();
  }

  /** An entry whose stamp is drawn from the writer's name. */
  private static FrozenEntry entry(long number, String writer) {
    return entry(LOG, number, writer);
  }

  private static FrozenEntry entry(LogId log, long number, String writer) {
    return Entries.entry(log, number, writer);
  }
}
