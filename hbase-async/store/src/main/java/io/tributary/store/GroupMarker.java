package io.tributary.store;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.tributary.storage.StorageUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Writes markers of different mailboxes that come thick and fast as one request with one sync, as
 * {@link GroupCommitter} does with entries. A marker's timestamp decides, so that it may be written
 * twice: what didn't go together for whatever reason but trouble goes alone.
 *
 * <p>Has no thread of its own. Safe for any thread.
 */
public final class GroupMarker {

  private final Rows rows;
  private final Turns turns = new Turns();
  private final GroupSupport support;
  private final RegionQueues<GroupedMark> queues;

  /**
   * @param rows may answer on any thread
   * @param clock may run on any thread
   */
  public GroupMarker(Rows rows, GroupLimits limits, Scheduler clock) {
    this.rows = rows;
    this.support = new GroupSupport(rows, turns, clock);
    this.queues = new RegionQueues<>(limits, clock, turns, this::send);
  }

  /**
   * Lazy; once for each mark. Signals {@link StorageUnavailableException}.
   *
   * @param scheduler where it is answered
   * @param deadline when it is answered at the latest
   */
  Completable mark(GroupedMark mark, Scheduler scheduler, Duration deadline) {
    return Completable.defer(
        () -> {
          turns.run(() -> arrive(mark));
          return mark.answer()
              .observeOn(scheduler)
              .timeout(
                  deadline.toMillis(),
                  TimeUnit.MILLISECONDS,
                  scheduler,
                  Completable.defer(() -> Completable.error(mark.overdue())));
        });
  }

  private void arrive(GroupedMark mark) {
    Optional<RegionName> region = rows.regionOf(mark.row());
    if (region.isEmpty() || !support.isThere(mark.row())) {
      goAlone(mark);
    } else if (!queues.join(region.get(), mark)) {
      mark.fail(StorageUnavailableException.notApplied("too many markers wait for their region"));
    }
  }

  private void send(RegionName region, List<GroupedMark> batch) {
    Disposable unused =
        offer(batch)
            .subscribe(
                result -> turns.run(() -> landed(region, () -> answered(batch, result))),
                failure ->
                    turns.run(() -> landed(region, () -> batch.forEach(m -> m.fail(failure)))));
  }

  private Single<GroupResult> offer(List<GroupedMark> batch) {
    GroupedMark first = batch.get(0);
    return batch.size() == 1
        ? alone(first).toSingleDefault(GroupResult.WRITTEN)
        : rows.putAllAt(first.row().table(), batch.stream().map(GroupedMark::asRow).toList());
  }

  /** What waits goes first, so that HBase has work while answers are told. */
  private void landed(RegionName region, Runnable then) {
    queues.landed(region);
    then.run();
  }

  private void answered(List<GroupedMark> batch, GroupResult result) {
    switch (result) {
      case WRITTEN -> batch.forEach(GroupedMark::stands);
      case UNSUPPORTED -> {
        support.missing();
        batch.forEach(this::goAlone);
      }
      case SCATTERED, REFUSED -> batch.forEach(this::goAlone);
    }
  }

  private void goAlone(GroupedMark mark) {
    if (mark.send()) {
      Disposable unused = alone(mark).subscribe(mark::stands, mark::fail);
    }
  }

  private Completable alone(GroupedMark mark) {
    return rows.putAt(mark.row(), mark.asRow().value(), mark.asRow().timestamp());
  }
}
