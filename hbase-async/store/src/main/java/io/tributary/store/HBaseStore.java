package io.tributary.store;

import io.micrometer.core.instrument.MeterRegistry;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.schedulers.Schedulers;
import io.tributary.codecs.message.Bytes;
import io.tributary.storage.ActionLog;
import io.tributary.storage.DirectoryStore;
import io.tributary.storage.OwedMarkers;
import io.tributary.storage.SnapshotStore;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One HBase, for all of a process: its ports, its health and its end. Safe for any thread. */
public final class HBaseStore {

  private final HBaseSettings settings;
  private final HBaseClients clients;
  private final HBaseCalls calls;
  private final Watchdog watchdog;
  private final Disposable watching;
  private final MeterRegistry meters;
  private final Map<String, GroupCommitter> committers = new ConcurrentHashMap<>();
  private final Map<String, GroupMarker> markers = new ConcurrentHashMap<>();

  private HBaseStore(HBaseSettings settings, Scheduler background, MeterRegistry meters) {
    this.settings = settings;
    this.meters = meters;
    this.clients = new HBaseClients(settings, background, meters);
    this.calls = new HBaseCalls(clients, settings.callDeadline(), meters);
    this.watchdog = new Watchdog(clients, settings.probeTable(), Watchdog.Rhythm.DEFAULT);
    this.watching = watchdog.start(background);
  }

  /**
   * Doesn't wait for HBase: operations fail until it is there.
   *
   * @param background for probes and for throwing clients away; its threads may be blocked for a
   *     moment
   */
  public static HBaseStore open(
      HBaseSettings settings, Scheduler background, MeterRegistry meters) {
    return new HBaseStore(settings, background, meters);
  }

  /**
   * A cell's logs.
   *
   * @param namespace of the cell
   * @param scheduler on which everything is answered
   */
  public ActionLog actionLog(String namespace, Scheduler scheduler) {
    GroupCommitter committer = committers.computeIfAbsent(namespace, absent -> newCommitter());
    return new HBaseActionLog(
        rows(scheduler), namespace, committer, scheduler, settings.deadline());
  }

  /**
   * A cell's markers of work for the outbox.
   *
   * @param namespace of the cell
   * @param scheduler on which everything is answered
   */
  public OwedMarkers owedMarkers(String namespace, Scheduler scheduler) {
    GroupMarker marker = markers.computeIfAbsent(namespace, absent -> newMarker());
    return new HBaseOwedMarkers(rows(scheduler), namespace, marker, scheduler, settings.deadline());
  }

  /**
   * Snapshots of a cell's mailboxes.
   *
   * @param namespace of the cell
   * @param scheduler on which everything is answered
   */
  public SnapshotStore snapshots(String namespace, Scheduler scheduler) {
    return new HBaseSnapshotStore(rows(scheduler), namespace);
  }

  /**
   * The directory's rows.
   *
   * @param namespace of the directory
   * @param scheduler on which everything is answered
   */
  public DirectoryStore directoryStore(String namespace, Scheduler scheduler) {
    return new HBaseDirectoryStore(rows(scheduler), namespace, scheduler, settings.deadline());
  }

  /**
   * The cell whose data a namespace holds: {@code cell}, unless another's node came first.
   *
   * <p>Signals {@link io.tributary.storage.StorageUnavailableException}.
   *
   * @param scheduler on which it is answered
   */
  public Single<String> holder(String namespace, String cell, Scheduler scheduler) {
    return mark(namespace, CellMark.CELL, scheduler).first(cell);
  }

  /**
   * The installation that a cell's data belongs to; empty if nothing says so yet.
   *
   * <p>Signals {@link io.tributary.storage.StorageUnavailableException}.
   *
   * @param namespace of the cell
   * @param scheduler on which it is answered
   */
  public Maybe<String> installation(String namespace, Scheduler scheduler) {
    return mark(namespace, CellMark.HOME, scheduler).get();
  }

  /**
   * The installation that a cell's data belongs to from now on: {@code name}, unless another was
   * written first.
   *
   * <p>Signals {@link io.tributary.storage.StorageUnavailableException}.
   *
   * @param namespace of the cell
   * @param scheduler on which it is answered
   */
  public Single<String> installation(String namespace, String name, Scheduler scheduler) {
    return mark(namespace, CellMark.HOME, scheduler).first(name);
  }

  private CellMark mark(String namespace, Bytes key, Scheduler scheduler) {
    var access = new HBaseRecordTable.Access(rows(scheduler), scheduler, settings.deadline());
    return new CellMark(access, namespace, key);
  }

  /**
   * What HBase's clock shows, in milliseconds since 1970: the time that it gave a row just written.
   *
   * <p>Signals {@link io.tributary.storage.StorageUnavailableException}.
   *
   * @param namespace of a cell
   * @param scheduler on which it is answered
   */
  public Single<Long> clockMillis(String namespace, Scheduler scheduler) {
    return new HBaseClock(calls, namespace).millis(scheduler);
  }

  /** Whether HBase answers, as of the last half second. */
  public HBaseHealth health() {
    return watchdog.health();
  }

  /** Ends the connections; what is under way may never be answered. */
  public Completable close() {
    return Completable.fromAction(watching::dispose).andThen(clients.close());
  }

  /** One for all event loops: it answers wherever HBase does, and they take it from there. */
  private GroupCommitter newCommitter() {
    return committer(GroupLimits.DEFAULT, new LogHeads());
  }

  GroupCommitter committer(GroupLimits limits, LogHeads heads) {
    Scheduler anywhere = Schedulers.from(Runnable::run);
    return new GroupCommitter(rows(anywhere), limits, anywhere, meters, heads);
  }

  private GroupMarker newMarker() {
    Scheduler anywhere = Schedulers.from(Runnable::run);
    return new GroupMarker(rows(anywhere), GroupLimits.DEFAULT, anywhere);
  }

  Rows rows(Scheduler scheduler) {
    return new AsynchbaseRows(calls, scheduler);
  }
}
