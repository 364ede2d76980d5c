package io.tributary.store;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.schedulers.Schedulers;
import io.tributary.storage.ActionLog;
import io.tributary.storage.DirectoryStore;
import io.tributary.storage.OwedMarkers;
import io.tributary.store.testing.Await;
import io.tributary.store.testing.HBaseProcess;
import java.time.Duration;

/** A store on the tests' HBase, answering on a thread of its own. */
final class StoreFixture implements AutoCloseable {

  static final Duration DEADLINE = Duration.ofSeconds(3);

  static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int OUTSTANDING_MAX = 256;

  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final Scheduler scheduler = Schedulers.single();
  final HBaseStore store;

  private StoreFixture(HBaseProcess hbase, Duration deadline, int outstandingMax) {
    HBaseSettings settings =
        new HBaseSettings(
            hbase.zookeeper(),
            HBaseProcess.ZNODE_PARENT,
            new HBaseSettings.Table(HBaseProcess.CELL, "log"),
            deadline,
            outstandingMax);
    store = HBaseStore.open(settings, Schedulers.io(), meters);
    try {
      Await.until(PATIENCE, "HBase to answer", () -> store.health().answering());
    } catch (AssertionError silent) {
      close();
      throw silent;
    }
  }

  /** For tests of what a store says, not of how soon. */
  static StoreFixture patient(HBaseProcess hbase) {
    return new StoreFixture(hbase, PATIENCE, OUTSTANDING_MAX);
  }

  static StoreFixture open(HBaseProcess hbase) {
    return open(hbase, OUTSTANDING_MAX);
  }

  static StoreFixture open(HBaseProcess hbase, int outstandingMax) {
    return new StoreFixture(hbase, DEADLINE, outstandingMax);
  }

  ActionLog log() {
    return store.actionLog(HBaseProcess.CELL, scheduler);
  }

  DirectoryStore directory() {
    return store.directoryStore(HBaseProcess.DIRECTORY, scheduler);
  }

  OwedMarkers owed() {
    return store.owedMarkers(HBaseProcess.CELL, scheduler);
  }

  @Override
  public void close() {
    store.close().blockingAwait();
  }
}
