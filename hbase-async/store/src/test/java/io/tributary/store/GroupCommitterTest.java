package io.tributary.store;

import static io.tributary.store.ScriptedRows.Step.ANSWER_LOST;
import static io.tributary.store.ScriptedRows.Step.FINE;
import static io.tributary.store.ScriptedRows.Step.LATE;
import static io.tributary.store.ScriptedRows.Step.REFUSED;
import static io.tributary.store.ScriptedRows.Step.REQUEST_LOST;
import static io.tributary.store.ScriptedRows.Step.SCATTERED;
import static io.tributary.store.ScriptedRows.Step.SILENT;
import static io.tributary.store.ScriptedRows.Step.UNSUPPORTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import io.tributary.codecs.identity.UserId;
import io.tributary.storage.AppendResult;
import io.tributary.storage.AppendResult.Appended;
import io.tributary.storage.AppendResult.InDoubt;
import io.tributary.storage.AppendResult.NotApplied;
import io.tributary.storage.AppendResult.SequenceTaken;
import io.tributary.storage.FrozenEntry;
import io.tributary.storage.LogId;
import io.tributary.store.GroupLimits.Amount;
import io.tributary.store.GroupLimits.Pace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class GroupCommitterTest {

  private static final Duration DEADLINE = Duration.ofMillis(3_000);
  private static final Pace NEVER = new Pace(1_000_000, 1);
  private static final Amount ENOUGH = new Amount(100, 1L << 20);

  private final ScriptedRows rows = new ScriptedRows();
  private final TestScheduler clock = new TestScheduler();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @Test
  void loneAppendShouldGoAtOnceAsOnePut() {
    HBaseActionLog log = log(limits(1, ENOUGH, ENOUGH));
    open(log, 1);

    assertThat(result(append(log, 1, 2))).isInstanceOf(Appended.class);
    assertThat(rows.calls).containsExactly("put");
  }

  @Test
  void whatArrivesMeanwhileShouldGoTogether() {
    HBaseActionLog log = log(limits(1, ENOUGH, ENOUGH));
    open(log, 1, 2, 3, 4);
    rows.hold();

    List<TestObserver<AppendResult>> answers = appendEach(log, 2, 1, 2, 3, 4);
    assertThat(rows.calls).containsExactly("put");
    rows.release();

    assertThat(results(answers)).hasOnlyElementsOfType(Appended.class);
    assertThat(rows.calls).containsExactly("put", "putAll 3");
    assertThat(meters.get("tributary.hbase.group.appends").summary().max()).isEqualTo(3);
  }

  @Test
  void firstAppendOfALogShouldGoAlone() {
    HBaseActionLog log = log(limits(1, ENOUGH, ENOUGH));
    open(log, 1, 2);
    rows.hold();

    appendEach(log, 2, 1, 2);
    append(log, 3, 1); // not opened yet
    append(log, 4, 7); // loaded, and never appended to here

    assertThat(rows.calls).containsExactly("put", "put", "put");
  }

  @Test
  void appendAfterAConflictShouldGoAlone() {
    HBaseActionLog log = log(limits(1, ENOUGH, ENOUGH));
    open(log, 1, 2, 3);
    store(1, 2);
    assertThat(result(append(log, 1, 2))).isInstanceOf(SequenceTaken.class);
    rows.calls.clear();
    rows.hold();

    appendEach(log, 2, 2, 3);
    append(log, 1, 3);

    assertThat(rows.calls).containsExactly("put", "put");
  }

  @Test
  void appendsOfTwoRegionsShouldNotWaitForEachOther() {
    HBaseActionLog log = log(limits(1, ENOUGH, ENOUGH));
    open(log, 1, 2, 3, 4);
    rows.regions = row -> Optional.of(Entries.userOf(row) % 2 == 0 ? "even" : "odd");
    rows.hold();

    appendEach(log, 2, 1, 2, 3, 4);

    assertThat(rows.calls).containsExactly("put", "put");
  }

  @Test
  void appendToAnUnknownRegionShouldGoAlone() {
    HBaseActionLog log = log(limits(1, ENOUGH, ENOUGH));
    open(log, 1, 2);
    rows.regions = row -> Optional.empty();
    rows.hold();

    appendEach(log, 2, 1, 2);

    assertThat(rows.calls).containsExactly("put", "put");
  }

  @Test
  void aLogShouldNeverBeTwiceInABatch() {
    HBaseActionLog log = log(limits(1, ENOUGH, ENOUGH));
    open(log, 1, 2, 3);
    rows.hold();

    TestObserver<AppendResult> first = append(log, 1, 2);
    TestObserver<AppendResult> mine = append(log, Entries.entry(log(2), 2, "mine"));
    TestObserver<AppendResult> third = append(log, 3, 2);
    TestObserver<AppendResult> rival = append(log, Entries.entry(log(2), 2, "rival"));
    rows.release();

    assertThat(results(List.of(first, mine, third))).hasOnlyElementsOfType(Appended.class);
    assertThat(result(rival)).isInstanceOf(SequenceTaken.class);
    assertThat(rows.calls).startsWith("put", "putAll 2", "put");
    assertThat(rows.stored).containsValue(Entries.entry(log(2), 2, "mine").bytes());
  }

  @Test
  void aBatchShouldKeepToItsRowsAndBytes() {
    int bytes = Entries.entry(log(1), 2, "writer").bytes().length();
    HBaseActionLog log = log(limits(1, new Amount(3, 2L * bytes), ENOUGH));
    open(log, 1, 2, 3, 4, 5);
    rows.hold();

    List<TestObserver<AppendResult>> answers = appendEach(log, 2, 1, 2, 3, 4, 5);
    rows.release();

    assertThat(results(answers)).hasOnlyElementsOfType(Appended.class);
    assertThat(rows.calls).containsExactly("put", "putAll 2", "putAll 2");
  }

  @Test
  void anAppendWithoutRoomShouldBeRefusedAtOnce() {
    HBaseActionLog log = log(limits(1, ENOUGH, new Amount(2, 1L << 20)));
    open(log, 1, 2, 3, 4);
    rows.hold();

    List<TestObserver<AppendResult>> answers = appendEach(log, 2, 1, 2, 3, 4);

    assertThat(result(answers.get(3))).isInstanceOf(NotApplied.class);
    rows.release();
    assertThat(results(answers.subList(0, 3))).hasOnlyElementsOfType(Appended.class);
    assertThat(rows.stored).doesNotContainKey(Entries.row(log(4), 2));
  }

  @Test
  void refusedBatchShouldBeToldByWhatStandsThere() {
    HBaseActionLog log = batching(FINE, FINE);
    store(2, 2);
    rows.stored.put(Entries.row(log(3), 2), Entries.entry(log(3), 2, "writer").bytes());
    rows.hold();

    List<TestObserver<AppendResult>> answers = appendEach(log, 2, 1, 2, 3, 4);
    rows.release();

    assertThat(result(answers.get(1))).isInstanceOf(SequenceTaken.class);
    assertThat(result(answers.get(2))).isInstanceOf(Appended.class);
    assertThat(result(answers.get(3))).isInstanceOf(Appended.class);
    assertThat(rows.calls).containsExactly("put", "putAll 3", "getEach 3", "put");
  }

  @Test
  void refusedBatchThatCannotBeReadShouldBeInDoubt() {
    HBaseActionLog log = batching(FINE, FINE);
    store(2, 2);
    rows.reads(REQUEST_LOST).hold();

    List<TestObserver<AppendResult>> answers = appendEach(log, 2, 1, 2, 3);
    rows.release();

    assertThat(results(answers.subList(1, 3))).hasOnlyElementsOfType(InDoubt.class);
  }

  @Test
  void batchThatWasWrittenThoughTheAnswerWasLostShouldStand() {
    HBaseActionLog log = batching(FINE, ANSWER_LOST);
    rows.hold();

    List<TestObserver<AppendResult>> answers = appendEach(log, 2, 1, 2, 3);
    rows.release();

    assertThat(results(answers)).hasOnlyElementsOfType(Appended.class);
    assertThat(rows.calls).containsExactly("put", "putAll 2", "getEach 2");
  }

  @Test
  void absentAfterAnUnknownOutcomeShouldBeOfferedAloneAndInDoubt() {
    HBaseActionLog log = batching(FINE, LATE, REFUSED, FINE);
    rows.hold();

    List<TestObserver<AppendResult>> answers = appendEach(log, 2, 1, 2, 3);
    rows.release();

    assertThat(result(answers.get(1))).isInstanceOf(InDoubt.class); // refused, but may land late
    assertThat(result(answers.get(2))).isInstanceOf(Appended.class);
    assertThat(rows.calls).containsExactly("put", "putAll 2", "getEach 2", "put", "put");
    rows.land();
    assertThat(rows.calls).endsWith("landed, was false");
  }

  @Test
  void busyRegionShouldBeToldAtOnceAsNotApplied() {
    HBaseActionLog log = batching(FINE, REFUSED);
    rows.hold();

    List<TestObserver<AppendResult>> answers = appendEach(log, 2, 1, 2, 3);
    rows.release();

    assertThat(results(answers.subList(1, 3))).hasOnlyElementsOfType(NotApplied.class);
    assertThat(rows.calls).containsExactly("put", "putAll 2");
  }

  @Test
  void scatteredRowsShouldBeGroupedAgainByTheirNewRegions() {
    HBaseActionLog log = batching(FINE, SCATTERED);
    rows.hold();

    List<TestObserver<AppendResult>> answers = appendEach(log, 2, 1, 2, 3, 4, 5);
    rows.regions = row -> Optional.of(Entries.userOf(row) % 2 == 0 ? "even" : "odd");
    rows.release();

    assertThat(results(answers)).hasOnlyElementsOfType(Appended.class);
    assertThat(rows.calls)
        .startsWith("put", "putAll 4 SCATTERED", "put", "put")
        .doesNotContain("putAll 4");
  }

  @Test
  void rowsThatScatterAgainAndAgainShouldGoAlone() {
    HBaseActionLog log = batching(FINE, SCATTERED, SCATTERED, SCATTERED);
    rows.hold();

    List<TestObserver<AppendResult>> answers = appendEach(log, 2, 1, 2, 3);
    rows.release();

    assertThat(results(answers)).hasOnlyElementsOfType(Appended.class);
  }

  @Test
  void serverThatCannotShouldGetSingleAppendsAndBeAskedAgainLater() {
    rows.canPutAll = false;
    HBaseActionLog log = log(limits(1, ENOUGH, ENOUGH));
    open(log, 1, 2, 3);
    rows.hold();

    assertThat(appendEach(log, 2, 1, 2, 3)).hasSize(3);
    assertThat(rows.calls).containsExactly("put", "put", "put");
    rows.release();

    rows.canPutAll = true;
    clock.advanceTimeBy(2, TimeUnit.MINUTES);
    open(log, 4);
    rows.hold();
    List<TestObserver<AppendResult>> answers = appendEach(log, 3, 1, 2, 3);
    rows.release();
    assertThat(results(answers)).hasOnlyElementsOfType(Appended.class);
    assertThat(rows.calls).containsExactly("put", "putAll 2");
  }

  @Test
  void serverThatLostItsCoprocessorShouldGetSingleAppends() {
    HBaseActionLog log = batching(FINE, UNSUPPORTED);
    rows.hold();

    List<TestObserver<AppendResult>> answers = appendEach(log, 2, 1, 2, 3);
    rows.release();

    assertThat(results(answers)).hasOnlyElementsOfType(Appended.class);
    assertThat(rows.calls).containsExactly("put", "putAll 2 UNSUPPORTED", "put", "put");
  }

  @Test
  void appendThatNeverLeftTheQueueShouldBeNotAppliedAtItsDeadlineAndNeverBeSent() {
    HBaseActionLog log = batching(SILENT);

    List<TestObserver<AppendResult>> answers = appendEach(log, 2, 1, 2);
    clock.advanceTimeBy(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);

    assertThat(result(answers.get(0))).isInstanceOf(InDoubt.class);
    assertThat(result(answers.get(1))).isInstanceOf(NotApplied.class);
    assertThat(rows.calls).containsExactly("put");
  }

  @Test
  void appendsThatComeThickAndFastShouldWaitForEachOtherAndGoAtTheBeat() {
    HBaseActionLog log = log(new GroupLimits(2, ENOUGH, ENOUGH, new Pace(2, 5)));
    open(log, 1, 2, 3, 4);
    clock.advanceTimeBy(10, TimeUnit.MILLISECONDS);

    List<TestObserver<AppendResult>> answers = appendEach(log, 2, 1, 2, 3, 4);
    assertThat(rows.calls).containsExactly("put"); // the first went as it came
    clock.advanceTimeBy(5, TimeUnit.MILLISECONDS);

    assertThat(results(answers)).hasOnlyElementsOfType(Appended.class);
    assertThat(rows.calls).containsExactly("put", "putAll 3");
  }

  @Test
  void loneAppendAfterTheRushShouldNotWait() {
    HBaseActionLog log = log(new GroupLimits(2, ENOUGH, ENOUGH, new Pace(2, 5)));
    open(log, 1, 2, 3);
    appendEach(log, 2, 1, 2, 3);
    clock.advanceTimeBy(20, TimeUnit.MILLISECONDS);
    rows.calls.clear();

    append(log, 1, 3);

    assertThat(rows.calls).containsExactly("put");
  }

  /** Whose logs 1 to 9 are open and whose further writes go as scripted. */
  private HBaseActionLog batching(ScriptedRows.Step... steps) {
    HBaseActionLog log = log(limits(1, ENOUGH, ENOUGH));
    open(log, 1, 2, 3, 4, 5);
    rows.writes(steps);
    return log;
  }

  private HBaseActionLog log(GroupLimits limits) {
    GroupCommitter committer = new GroupCommitter(rows, limits, clock, meters);
    return new HBaseActionLog(rows, "c1", committer, clock, DEADLINE);
  }

  private static GroupLimits limits(int flights, Amount batch, Amount queue) {
    return new GroupLimits(flights, batch, queue, NEVER);
  }

  /** Their first entries, and one that finds out that the server can. */
  private void open(HBaseActionLog log, long... users) {
    for (long user : users) {
      result(append(log, user, 1));
    }
    result(append(log, 99, 1));
    result(append(log, 99, 2));
    rows.calls.clear();
  }

  private List<TestObserver<AppendResult>> appendEach(
      HBaseActionLog log, long number, long... users) {
    List<TestObserver<AppendResult>> answers = new ArrayList<>();
    LongStream.of(users).forEach(user -> answers.add(append(log, user, number)));
    return answers;
  }

  private TestObserver<AppendResult> append(HBaseActionLog log, long user, long number) {
    return append(log, Entries.entry(log(user), number, "writer"));
  }

  private static TestObserver<AppendResult> append(HBaseActionLog log, FrozenEntry entry) {
    return log.append(entry).test();
  }

  private void store(long user, long number) {
    FrozenEntry other = Entries.entry(log(user), number, "other");
    rows.stored.put(Entries.row(log(user), number), other.bytes());
  }

  private AppendResult result(TestObserver<AppendResult> answer) {
    clock.triggerActions();
    return answer.assertComplete().values().get(0);
  }

  private List<AppendResult> results(List<TestObserver<AppendResult>> answers) {
    return answers.stream().map(this::result).toList();
  }

  private static LogId log(long user) {
    return new LogId(new UserId(user), 1);
  }
}
