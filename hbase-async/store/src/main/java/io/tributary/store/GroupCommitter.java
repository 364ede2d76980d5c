package io.tributary.store;

import io.micrometer.core.instrument.MeterRegistry;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.tributary.codecs.message.Bytes;
import io.tributary.storage.StorageUnavailableException;
import io.tributary.store.ConditionalWrite.Result;
import io.tributary.store.GroupMeters.Trouble;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Sends appends of different logs that wait for the same region as one request with one sync. What
 * arrives while enough requests are under way to its region waits, and then goes together; what
 * finds none under way goes at once.
 *
 * <p>An append goes alone if it doesn't continue what was appended here before (it may be refused,
 * and all others with it), if its region isn't known, or if the server can't do it.
 *
 * <p>Of each request one of these is known:
 *
 * <ul>
 *   <li><em>written</em>: all stand.
 *   <li><em>refused</em>: some row is there. All are read: the own stamp stands, a foreign one has
 *       taken the place, and what is absent is offered again.
 *   <li><em>scattered</em>: none was written; each looks for its region again.
 *   <li><em>not applied</em>: none was written, and the caller shall wait before it asks again.
 *   <li><em>unknown</em>: all are read as above; what is absent may still land, and is resolved
 *       alone.
 * </ul>
 *
 * <p>Has no thread of its own. Safe for any thread.
 */
public final class GroupCommitter {

  private static final int OFFERS_TOGETHER_MAX = 3;

  private final Rows rows;
  private final GroupMeters meters;
  private final Turns turns = new Turns();
  private final GroupSupport support;
  private final LogHeads heads;
  private final RegionQueues<GroupedAppend> queues;

  /**
   * @param rows may answer on any thread
   * @param clock may run on any thread
   */
  public GroupCommitter(Rows rows, GroupLimits limits, Scheduler clock, MeterRegistry registry) {
    this(rows, limits, clock, registry, new LogHeads());
  }

  GroupCommitter(
      Rows rows, GroupLimits limits, Scheduler clock, MeterRegistry registry, LogHeads heads) {
    this.rows = rows;
    this.heads = heads;
    this.meters = new GroupMeters(registry);
    this.support = new GroupSupport(rows, turns, clock);
    this.queues = new RegionQueues<>(limits, clock, turns, this::send);
  }

  /**
   * Lazy; once for each append. Signals no error but a programmer's.
   *
   * @param scheduler where it is answered
   * @param deadline when it is answered at the latest
   */
  Single<Result> append(GroupedAppend append, Scheduler scheduler, Duration deadline) {
    return Single.defer(
        () -> {
          turns.run(() -> arrive(append));
          return append
              .answer()
              .observeOn(scheduler)
              .timeout(
                  deadline.toMillis(),
                  TimeUnit.MILLISECONDS,
                  scheduler,
                  Single.fromSupplier(() -> overdue(append)));
        });
  }

  private Result overdue(GroupedAppend append) {
    turns.run(() -> heads.forget(append.entry().log()));
    return append.overdue();
  }

  private void arrive(GroupedAppend append) {
    Optional<RegionName> region = rows.regionOf(append.row());
    boolean together =
        region.isPresent()
            && append.offers() < OFFERS_TOGETHER_MAX
            && heads.continues(append.entry())
            && support.isThere(append.row());
    if (!together) {
      goAlone(append);
    } else if (!queues.join(region.get(), append)) {
      meters.trouble(Trouble.FULL);
      append.refuse("too many appends wait for their region");
    }
  }

  private void send(RegionName region, List<GroupedAppend> batch) {
    meters.together(batch.size());
    Disposable unused =
        offer(batch)
            .subscribe(
                result -> turns.run(() -> landed(region, () -> answered(batch, result))),
                failure -> turns.run(() -> landed(region, () -> failed(batch, failure))));
  }

  /** One row needs no more than HBase's own put-if-absent. */
  private Single<GroupResult> offer(List<GroupedAppend> batch) {
    GroupedAppend first = batch.get(0);
    return batch.size() == 1
        ? rows.putIfAbsent(first.row(), first.entry().bytes())
            .map(written -> written ? GroupResult.WRITTEN : GroupResult.REFUSED)
        : rows.putAllIfAbsent(
            first.row().table(), batch.stream().map(GroupedAppend::asRow).toList());
  }

  /** What waits goes first, so that HBase has work while answers are told. */
  private void landed(RegionName region, Runnable then) {
    queues.landed(region);
    then.run();
  }

  private void answered(List<GroupedAppend> batch, GroupResult result) {
    switch (result) {
      case WRITTEN -> batch.forEach(this::stands);
      case REFUSED -> {
        meters.trouble(Trouble.REFUSED);
        readBack(batch);
      }
      case SCATTERED -> {
        meters.trouble(Trouble.SCATTERED);
        batch.forEach(this::arrive);
      }
      case UNSUPPORTED -> {
        support.missing();
        batch.forEach(this::goAlone);
      }
    }
  }

  private void failed(List<GroupedAppend> batch, Throwable failure) {
    if (failure instanceof StorageUnavailableException e && e.certainlyNotApplied()) {
      meters.trouble(Trouble.NOT_APPLIED);
      batch.forEach(append -> append.refuse(String.valueOf(e.getMessage())));
    } else if (failure instanceof StorageUnavailableException) {
      meters.trouble(Trouble.UNKNOWN);
      batch.forEach(GroupedAppend::enterDoubt);
      batch.forEach(append -> heads.forget(append.entry().log()));
      readBack(batch);
    } else {
      batch.forEach(append -> append.fail(failure));
    }
  }

  /** One reading for all of them. */
  private void readBack(List<GroupedAppend> batch) {
    Disposable unused =
        rows.getEach(batch.stream().map(GroupedAppend::row).toList())
            .subscribe(
                found -> turns.run(() -> compare(batch, found)),
                failure -> turns.run(() -> unread(batch, failure)));
  }

  private void compare(List<GroupedAppend> batch, List<Optional<Bytes>> found) {
    for (int i = 0; i < batch.size(); i++) {
      GroupedAppend append = batch.get(i);
      Optional<Bytes> there = found.get(i);
      if (there.isEmpty()) {
        arrive(append);
      } else if (append.isOwn(there.get())) {
        stands(append);
      } else {
        end(append, new Result.Refused());
      }
    }
  }

  /** A refusal may have been by the own row: a request may be carried out twice. */
  private void unread(List<GroupedAppend> batch, Throwable failure) {
    String reason = "not written, then unread: " + failure.getMessage();
    batch.forEach(append -> end(append, new Result.InDoubt(reason)));
  }

  private void goAlone(GroupedAppend append) {
    if (!append.send()) {
      return;
    }
    meters.alone();
    append.untilOverdue(
        ConditionalWrite.ofAbsent(rows, append.row(), append.entry().bytes(), append::isOwn)
            .run(append.inDoubt())
            .subscribe(result -> turns.run(() -> end(append, result)), append::fail));
  }

  private void stands(GroupedAppend append) {
    end(append, new Result.Stands());
  }

  private void end(GroupedAppend append, Result result) {
    if (result instanceof Result.Stands) {
      heads.stands(append.entry());
    } else {
      heads.forget(append.entry().log());
    }
    append.answer(result);
  }
}
