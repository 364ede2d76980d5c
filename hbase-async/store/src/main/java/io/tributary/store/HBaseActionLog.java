package io.tributary.store;

import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.log.EntryCodec;
import io.tributary.codecs.log.UnreadableEntryException;
import io.tributary.codecs.message.Bytes;
import io.tributary.storage.ActionLog;
import io.tributary.storage.AppendResult;
import io.tributary.storage.FrozenEntry;
import io.tributary.storage.LogId;
import io.tributary.storage.StoredEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The logs of a cell, one row an entry. The row's key is the entry's number, so that put-if-absent
 * decides between two writers.
 */
public final class HBaseActionLog implements ActionLog {

  private static final int READ_EACH_MAX = 256;

  private final Rows rows;
  private final String table;
  private final GroupCommitter committer;
  private final Scheduler scheduler;
  private final Duration deadline;

  /**
   * @param namespace of the cell
   * @param committer of this process and namespace: the more share it, the more goes together
   * @param scheduler where the deadline is counted; {@code rows} answers there too
   * @param deadline of one append, its resolution included
   */
  public HBaseActionLog(
      Rows rows,
      String namespace,
      GroupCommitter committer,
      Scheduler scheduler,
      Duration deadline) {
    this.rows = rows;
    this.table = namespace + ":log";
    this.committer = committer;
    this.scheduler = scheduler;
    this.deadline = deadline;
  }

  @Override
  public Single<AppendResult> append(FrozenEntry entry) {
    return Single.defer(() -> committer.append(grouped(entry), scheduler, deadline))
        .map(HBaseActionLog::result);
  }

  private GroupedAppend grouped(FrozenEntry entry) {
    RowKey row = new RowKey(table, RowKeys.log(entry.log(), entry.number()));
    return new GroupedAppend(entry, row, found -> isOwn(entry, found));
  }

  @Override
  public Single<List<StoredEntry>> read(LogId log, long fromEntry, int entriesMax) {
    Bytes from = RowKeys.log(log, fromEntry);
    Bytes until = RowKeys.log(log, Long.MAX_VALUE);
    return rows.scan(new RowRange(table, from, until), entriesMax)
        .map(found -> dense(fromEntry, found));
  }

  @Override
  public Single<List<StoredEntry>> readEach(LogId log, Collection<Long> numbers) {
    List<Long> sorted = numbers.stream().distinct().sorted().toList();
    if (sorted.size() > READ_EACH_MAX) {
      return Single.error(
          new IllegalArgumentException("at most 256 entries at once, not " + sorted.size()));
    }
    if (sorted.isEmpty()) {
      return Single.just(List.of());
    }
    return rows.getEach(sorted.stream().map(n -> new RowKey(table, RowKeys.log(log, n))).toList())
        .map(values -> present(sorted, values));
  }

  /** By the stamp, which outlives the payload. What isn't an entry at all isn't ours. */
  private static boolean isOwn(FrozenEntry entry, Bytes found) {
    try {
      return EntryCodec.stampOf(found.unsafeArray()).equals(entry.stamp());
    } catch (UnreadableEntryException e) {
      return false;
    }
  }

  private static AppendResult result(ConditionalWrite.Result result) {
    if (result instanceof ConditionalWrite.Result.Stands) {
      return new AppendResult.Appended();
    }
    if (result instanceof ConditionalWrite.Result.Refused) {
      return new AppendResult.SequenceTaken();
    }
    if (result instanceof ConditionalWrite.Result.InDoubt doubt) {
      return new AppendResult.InDoubt(doubt.reason());
    }
    return new AppendResult.NotApplied(((ConditionalWrite.Result.NotApplied) result).reason());
  }

  /**
   * Rows are read one after the other, so that an entry can be missed that was appended meanwhile
   * while the one after it is seen. What follows a gap is left to the next read.
   */
  private static List<StoredEntry> dense(long fromEntry, List<Row> rows) {
    List<StoredEntry> entries = new ArrayList<>(rows.size());
    long next = fromEntry;
    for (Row row : rows) {
      if (RowKeys.entryOf(row.key()) != next) {
        break;
      }
      entries.add(new StoredEntry(next, row.value()));
      next++;
    }
    return entries;
  }

  private static List<StoredEntry> present(List<Long> numbers, List<Optional<Bytes>> values) {
    List<StoredEntry> entries = new ArrayList<>(values.size());
    for (int i = 0; i < numbers.size(); i++) {
      long number = numbers.get(i);
      values.get(i).ifPresent(bytes -> entries.add(new StoredEntry(number, bytes)));
    }
    return entries;
  }
}
