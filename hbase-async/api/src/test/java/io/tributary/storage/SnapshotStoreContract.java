package io.tributary.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.Bytes;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link SnapshotStore} keeps. May share its storage with others. */
public interface SnapshotStoreContract {
  SnapshotStore testee();

  @Test
  default void nothingShouldBeFoundWhereNothingWasPut() {
    assertThat(kept(drawnLog())).isEmpty();
  }

  @Test
  default void whatWasPutShouldBeFound() {
    Snapshot snapshot = snapshot(drawnLog(), 7, 100);

    put(snapshot);

    assertThat(kept(snapshot.log())).containsExactly(snapshot);
  }

  @Test
  default void theNewestTwoShouldBeKeptNewestFirst() {
    LogId log = drawnLog();

    List<Snapshot> written =
        List.of(snapshot(log, 5, 10), snapshot(log, 9, 20), snapshot(log, 12, 30));
    written.forEach(this::put);

    assertThat(kept(log)).containsExactly(written.get(2), written.get(1));
  }

  @Test
  default void oneThatIsOlderThanThoseKeptShouldBeDropped() {
    LogId log = drawnLog();
    Snapshot older = snapshot(log, 20, 10);
    Snapshot newer = snapshot(log, 30, 10);
    put(older);
    put(newer);

    put(snapshot(log, 19, 10));

    assertThat(kept(log)).containsExactly(newer, older);
  }

  @Test
  default void oneThatComesLateMayTakeTheSecondPlace() {
    LogId log = drawnLog();
    put(snapshot(log, 10, 10));
    Snapshot newest = snapshot(log, 30, 10);
    put(newest);

    Snapshot late = snapshot(log, 20, 10);
    put(late);

    assertThat(kept(log)).containsExactly(newest, late);
  }

  @Test
  default void puttingItAgainShouldChangeNothing() {
    LogId log = drawnLog();
    Snapshot older = snapshot(log, 1, 10);
    Snapshot newer = snapshot(log, 2, 10);
    put(older);
    put(newer);

    put(newer);
    put(older);

    assertThat(kept(log)).containsExactly(newer, older);
  }

  @Test
  default void ofEqualEntriesTheOneWrittenLastShouldBeFoundOnce() {
    LogId log = drawnLog();
    put(snapshot(log, 3, 10));

    Snapshot again = snapshot(log, 3, 20);
    put(again);

    assertThat(kept(log)).containsExactly(again);
  }

  @Test
  default void anotherGenerationShouldNotBeFound() {
    LogId first = drawnLog();
    LogId second = new LogId(first.user(), 2);
    put(snapshot(first, 100, 10));

    assertThat(kept(second)).isEmpty();

    Snapshot later = snapshot(second, 3, 10);
    put(later);
    assertThat(kept(second)).containsExactly(later);
  }

  @Test
  default void aLaterGenerationShouldCountAsNewer() {
    LogId first = drawnLog();
    LogId second = new LogId(first.user(), 2);
    Snapshot older = snapshot(second, 1, 10);
    Snapshot newer = snapshot(second, 2, 10);
    put(older);
    put(newer);

    put(snapshot(first, 1_000_000, 10));

    assertThat(kept(second)).containsExactly(newer, older);
  }

  @Test
  default void largeOnesShouldComeBackAsTheyWere() {
    LogId log = drawnLog();
    Snapshot large = snapshot(log, 1, 1_500_000);
    Snapshot other = snapshot(log, 2, 600_000);
    put(large);
    put(other);
    assertThat(kept(log)).containsExactly(other, large);

    Snapshot small = snapshot(log, 3, 10);
    put(small);
    assertThat(kept(log)).containsExactly(small, other);

    Snapshot larger = snapshot(log, 4, 2_000_000);
    put(larger);
    assertThat(kept(log)).containsExactly(larger, small);
  }

  @Test
  default void mailboxesShouldNotSeeEachOthers() {
    Snapshot one = snapshot(drawnLog(), 1, 10);
    Snapshot other = snapshot(drawnLog(), 1, 10);
    put(one);
    put(other);

    assertThat(kept(one.log())).containsExactly(one);
    assertThat(kept(other.log())).containsExactly(other);
  }

  @Test
  default void senselessOnesShouldBeRefused() {
    LogId log = drawnLog();

    assertThatThrownBy(() -> snapshot(log, 0, 10)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> snapshot(log, 1, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> snapshot(log, 1, Snapshot.BYTES_MAX + 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void put(Snapshot snapshot) {
    testee().put(snapshot).blockingAwait();
  }

  private List<Snapshot> kept(LogId log) {
    return testee().newestFirst(log).toList().blockingGet();
  }

  static Snapshot snapshot(LogId log, long entry, int bytes) {
    byte[] content = new byte[bytes];
    new Random(entry * 31 + bytes).nextBytes(content);
    return new Snapshot(log, entry, Bytes.ofOwned(content));
  }

  static LogId drawnLog() {
    return new LogId(new UserId(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE)), 1);
  }
}
