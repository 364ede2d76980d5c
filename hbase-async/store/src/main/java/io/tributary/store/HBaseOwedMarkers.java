package io.tributary.store;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.Bytes;
import io.tributary.storage.LogId;
import io.tributary.storage.OwedMarkers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Markers in the {@code owed} table. A marker's timestamp is its generation and entry, so that
 * HBase itself lets the newest of two writers win.
 */
public final class HBaseOwedMarkers implements OwedMarkers {

  private static final int LISTED_MAX = 1_000;

  private final Rows rows;
  private final String table;
  private final GroupMarker marker;
  private final Scheduler scheduler;
  private final Duration deadline;

  /**
   * @param namespace of the cell
   * @param marker of this process and namespace: the more share it, the more goes together
   * @param scheduler where the deadline is counted; {@code rows} answers there too
   * @param deadline of one marker
   */
  public HBaseOwedMarkers(
      Rows rows, String namespace, GroupMarker marker, Scheduler scheduler, Duration deadline) {
    this.rows = rows;
    this.table = namespace + ":owed";
    this.marker = marker;
    this.scheduler = scheduler;
    this.deadline = deadline;
  }

  @Override
  public Completable mark(LogId log, long entry) {
    return Completable.defer(
        () -> marker.mark(mark(log.user(), entry, Timestamps.of(log, entry)), scheduler, deadline));
  }

  private GroupedMark mark(UserId user, long entry, long timestamp) {
    return new GroupedMark(table, new TimedRow(RowKeys.owed(user), value(entry), timestamp));
  }

  @Override
  public Completable clear(LogId log, long entry) {
    return Completable.defer(() -> rows.removeAt(row(log.user()), Timestamps.of(log, entry)));
  }

  @Override
  public Single<List<UserId>> list(Optional<UserId> after, int max) {
    if (max < 1 || max > LISTED_MAX) {
      return Single.error(new IllegalArgumentException("1 to 1000 markers at once, not " + max));
    }
    Bytes from = after.map(HBaseOwedMarkers::keyAfter).orElse(Bytes.EMPTY);
    return rows.scan(new RowRange(table, from, Bytes.EMPTY), max)
        .map(found -> found.stream().map(each -> RowKeys.owedUserOf(each.key())).toList());
  }

  private RowKey row(UserId user) {
    return new RowKey(table, RowKeys.owed(user));
  }

  private static Bytes value(long entry) {
    return Bytes.ofOwned(ByteBuffer.allocate(Long.BYTES).putLong(entry).array());
  }

  /** The least key above a user's: the same, and a zero. */
  private static Bytes keyAfter(UserId user) {
    return Bytes.ofOwned(Arrays.copyOf(RowKeys.owed(user).unsafeArray(), RowKeys.OWED_BYTES + 1));
  }
}
