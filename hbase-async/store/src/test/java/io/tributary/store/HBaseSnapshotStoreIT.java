package io.tributary.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.codecs.message.Bytes;
import io.tributary.storage.LogId;
import io.tributary.storage.Snapshot;
import io.tributary.storage.SnapshotStore;
import io.tributary.storage.SnapshotStoreContract;
import io.tributary.store.testing.HBaseProcess;
import io.tributary.store.testing.SharedHBase;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedHBase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@NullUnmarked
class HBaseSnapshotStoreIT implements SnapshotStoreContract {

  private StoreFixture fixture;

  @BeforeAll
  void open(HBaseProcess hbase) {
    fixture = StoreFixture.patient(hbase);
  }

  @AfterAll
  void close() {
    fixture.close();
  }

  @Override
  public SnapshotStore testee() {
    return fixture.store.snapshots(HBaseProcess.CELL, fixture.scheduler);
  }

  /** It had looked which place is the older before it was paused. */
  @Test
  void ownerThatWasPausedShouldTakeNothingAway() {
    LogId log = SnapshotStoreContract.drawnLog();
    for (int entry : new int[] {100, 200, 300, 400}) {
      testee().put(SnapshotStoreContract.snapshot(log, entry, 700_000)).blockingAwait();
    }

    Rows rows = fixture.store.rows(fixture.scheduler);
    Snapshot late = SnapshotStoreContract.snapshot(log, 150, 1_200_000);
    SnapshotManifest manifest = SnapshotManifest.of(late);
    for (int place = 0; place < 2; place++) {
      for (int piece = 1; piece <= manifest.pieces(); piece++) {
        put(rows, log, place, piece, manifest.piece(piece, late.content()), manifest.timestamp());
      }
      put(rows, log, place, 0, manifest.bytes(), manifest.timestamp());
    }

    assertThat(testee().newestFirst(log).map(Snapshot::entry).toList().blockingGet())
        .containsExactly(400L, 300L);
  }

  private static void put(Rows rows, LogId log, int place, int piece, Bytes value, long timestamp) {
    RowKey row =
        new RowKey(HBaseProcess.CELL + ":mailbox", RowKeys.snapshot(log.user(), place, piece));
    rows.putAt(row, value, timestamp).blockingAwait();
  }
}
