package io.tributary.store;

import static io.tributary.storage.SnapshotStoreContract.drawnLog;
import static io.tributary.storage.SnapshotStoreContract.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.codecs.message.Bytes;
import io.tributary.storage.LogId;
import io.tributary.storage.Snapshot;
import io.tributary.storage.SnapshotStore;
import io.tributary.storage.SnapshotStoreContract;
import io.tributary.store.ScriptedRows.Step;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class HBaseSnapshotStoreTest implements SnapshotStoreContract {
  private static final int LARGE = 1_300_000;

  private final ScriptedRows rows = new ScriptedRows();
  private final LogId log = drawnLog();

  @Override
  public SnapshotStore testee() {
    return new HBaseSnapshotStore(rows, "c1");
  }

  @Test
  void writerThatDiesAnywhereShouldLeaveTheNewestOther() {
    for (int step = 0; step < 4; step++) {
      Snapshot older = snapshot(log, 10 * step + 1, LARGE);
      Snapshot newer = snapshot(log, 10 * step + 2, LARGE);
      testee().put(older).blockingAwait();
      testee().put(newer).blockingAwait();

      for (int fine = 0; fine < step; fine++) {
        rows.writes(Step.FINE);
      }
      rows.writes(Step.REQUEST_LOST);
      testee().put(snapshot(log, 10 * step + 3, LARGE)).test().assertError(failure -> true);

      assertThat(kept()).contains(newer).doesNotContain(snapshot(log, 10 * step + 3, LARGE));
    }
  }

  @Test
  void piecesOfTwoWritersShouldNotBeTakenForOneSnapshot() {
    Snapshot newer = snapshot(log, 9, LARGE);
    testee().put(snapshot(log, 5, LARGE)).blockingAwait();
    testee().put(newer).blockingAwait();
    Snapshot other = snapshot(log, 7, LARGE);
    SnapshotManifest manifest = SnapshotManifest.of(other);

    rows.stored.put(row(0, 2), manifest.piece(2, other.content()));

    assertThat(kept()).containsExactly(newer);
  }

  @Test
  void noRowShouldBeNeededForTheOtherSnapshot() {
    Snapshot older = snapshot(log, 5, LARGE);
    Snapshot newer = snapshot(log, 9, LARGE);
    testee().put(older).blockingAwait();
    testee().put(newer).blockingAwait();
    Map<RowKey, Bytes> whole = Map.copyOf(rows.stored);

    for (RowKey row : whole.keySet()) {
      rows.stored.remove(row);
      assertThat(kept()).hasSize(1);
      rows.stored.put(row, Bytes.ofUtf8("something else"));
      assertThat(kept()).hasSize(1);
      rows.stored.put(row, whole.get(row));
    }
    assertThat(kept()).containsExactly(newer, older);
  }

  @Test
  void rowsThatAreNotNeededAnyMoreShouldBeRemoved() {
    testee().put(snapshot(log, 1, LARGE)).blockingAwait();
    testee().put(snapshot(log, 2, 10)).blockingAwait();
    testee().put(snapshot(log, 3, 10)).blockingAwait();

    assertThat(rows.stored).hasSize(4);
  }

  /** Bytes of a released version: who can't read them replays, who misreads them is wrong. */
  @Test
  void manifestShouldHaveTheBytesOfItsTable() {
    SnapshotManifest manifest = new SnapshotManifest((3L << 40) | 258, 600_000);

    assertThat(manifest.bytes().toString()).isEqualTo("010000030000000102000927c010f673e6");
    assertThat(manifest.piece(2, Bytes.ofOwned(new byte[524_281])).toString())
        .isEqualTo("000003000000010200");
    assertThat(manifest.pieces()).isEqualTo(2);
  }

  @Property(tries = 200)
  void manifestShouldComeBackAsItWas(
      @ForAll @LongRange(min = 1) long timestamp,
      @ForAll @IntRange(min = 1, max = Snapshot.BYTES_MAX) int bytes) {
    SnapshotManifest manifest = new SnapshotManifest(timestamp, bytes);

    assertThat(SnapshotManifest.read(manifest.bytes())).contains(manifest);
  }

  @Property(tries = 200)
  void anyOtherBytesShouldBeNoManifest(@ForAll byte[] bytes) {
    assertThat(SnapshotManifest.read(Bytes.copyOf(bytes))).isEmpty();
  }

  private RowKey row(int place, int piece) {
    return new RowKey("c1:mailbox", RowKeys.snapshot(log.user(), place, piece));
  }

  private List<Snapshot> kept() {
    return testee().newestFirst(log).toList().blockingGet();
  }
}
