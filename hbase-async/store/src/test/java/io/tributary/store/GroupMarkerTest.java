package io.tributary.store;

import static io.tributary.store.ScriptedRows.Step.ANSWER_LOST;
import static io.tributary.store.ScriptedRows.Step.REFUSED;
import static io.tributary.store.ScriptedRows.Step.SCATTERED;
import static io.tributary.store.ScriptedRows.Step.SILENT;
import static io.tributary.store.ScriptedRows.Step.UNSUPPORTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import io.tributary.codecs.identity.UserId;
import io.tributary.storage.LogId;
import io.tributary.storage.StorageUnavailableException;
import io.tributary.store.GroupLimits.Amount;
import io.tributary.store.GroupLimits.Pace;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class GroupMarkerTest {

  private static final Duration DEADLINE = Duration.ofMillis(3_000);
  private static final Amount ENOUGH = new Amount(100, 1L << 20);

  private final ScriptedRows rows = new ScriptedRows();
  private final TestScheduler clock = new TestScheduler();

  @Test
  void loneMarkerShouldGoAtOnce() {
    HBaseOwedMarkers markers = markers(ENOUGH);

    done(markers.mark(log(1), 2).test());

    assertThat(rows.calls).containsExactly("putAt");
  }

  @Test
  void whatArrivesMeanwhileShouldGoTogether() {
    HBaseOwedMarkers markers = markers(ENOUGH);
    rows.hold();

    List<TestObserver<Void>> marks = markEach(markers, 1, 2, 3, 4);
    assertThat(rows.calls).containsExactly("putAt");
    rows.release();

    marks.forEach(this::done);
    assertThat(rows.calls).containsExactly("putAt", "putAllAt 3");
    assertThat(rows.stored).hasSize(5); // and the one that asked
  }

  @Test
  void twoMarkersOfAMailboxShouldNotGoTogether() {
    HBaseOwedMarkers markers = markers(ENOUGH);
    rows.hold();

    List<TestObserver<Void>> marks = markEach(markers, 1, 2, 2, 3);
    rows.release();

    marks.forEach(this::done);
    assertThat(rows.calls).containsExactly("putAt", "putAllAt 2", "putAt");
  }

  @Test
  void whatCouldNotGoTogetherShouldGoAlone() {
    for (ScriptedRows.Step trouble : List.of(SCATTERED, UNSUPPORTED)) {
      HBaseOwedMarkers markers = markers(ENOUGH);
      rows.hold();
      List<TestObserver<Void>> marks = markEach(markers, 1, 2, 3);
      rows.writes(trouble);
      rows.release();

      marks.forEach(this::done);
      assertThat(rows.calls).containsExactly("putAt", "putAllAt 2 " + trouble, "putAt", "putAt");
    }
  }

  @Test
  void aFailureShouldBeToldToAllOfItsRequestAndToNoOthers() {
    for (ScriptedRows.Step trouble : List.of(REFUSED, ANSWER_LOST)) {
      HBaseOwedMarkers markers = markers(ENOUGH);
      rows.hold();
      List<TestObserver<Void>> marks = markEach(markers, 1, 2, 3);
      rows.writes(trouble);
      rows.release();

      done(marks.get(0));
      clock.triggerActions();
      marks.get(1).assertError(StorageUnavailableException.class);
      marks.get(2).assertError(StorageUnavailableException.class);
      done(markers.mark(log(4), 2).test());
    }
  }

  @Test
  void whoseTimeIsUpShouldBeToldAndNotBeSent() {
    HBaseOwedMarkers markers = markers(ENOUGH);
    rows.writes(SILENT);

    List<TestObserver<Void>> marks = markEach(markers, 1, 2, 3);
    clock.advanceTimeBy(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);

    marks.forEach(mark -> mark.assertError(StorageUnavailableException.class));
    assertThat(rows.calls).containsExactly("putAt");
  }

  @Test
  void whatFindsNoRoomShouldBeRefused() {
    HBaseOwedMarkers markers = markers(new Amount(1, 1L << 20));
    rows.hold();

    List<TestObserver<Void>> marks = markEach(markers, 1, 2, 3);
    clock.triggerActions();

    marks
        .get(2)
        .assertError(failure -> ((StorageUnavailableException) failure).certainlyNotApplied());
    rows.release();
    done(marks.get(0));
    done(marks.get(1));
  }

  /** Of a server that is known to take them together. */
  private HBaseOwedMarkers markers(Amount queue) {
    rows.regions = row -> Optional.of("all");
    GroupLimits limits = new GroupLimits(1, ENOUGH, queue, new Pace(1_000_000, 1));
    HBaseOwedMarkers markers =
        new HBaseOwedMarkers(rows, "c1", new GroupMarker(rows, limits, clock), clock, DEADLINE);
    done(markers.mark(log(99), 1).test());
    rows.calls.clear();
    return markers;
  }

  private static List<TestObserver<Void>> markEach(HBaseOwedMarkers markers, long... users) {
    return LongStream.of(users).mapToObj(user -> markers.mark(log(user), 2).test()).toList();
  }

  private void done(TestObserver<Void> mark) {
    clock.triggerActions();
    mark.assertComplete();
  }

  private static LogId log(long user) {
    return new LogId(new UserId(user), 1);
  }
}
