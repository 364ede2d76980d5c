package io.tributary.storage;

import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.message.Bytes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Logs in memory. Answers at once, on the thread that subscribes. Safe for any thread. */
public final class InMemoryActionLog implements ActionLog {
  private static final long READ_BYTES_MAX = 4L * 1024 * 1024;
  private static final int READ_EACH_MAX = 256;

  private final Map<LogId, NavigableMap<Long, FrozenEntry>> logs = new HashMap<>();

  @Override
  public Single<AppendResult> append(FrozenEntry entry) {
    return Single.fromSupplier(() -> appendNow(entry));
  }

  @Override
  public Single<List<StoredEntry>> read(LogId log, long fromEntry, int entriesMax) {
    return Single.fromSupplier(() -> readNow(log, fromEntry, entriesMax));
  }

  @Override
  public Single<List<StoredEntry>> readEach(LogId log, Collection<Long> numbers) {
    if (numbers.size() > READ_EACH_MAX) {
      throw new IllegalArgumentException("at most 256 numbers, were " + numbers.size());
    }
    return Single.fromSupplier(() -> readEachNow(log, numbers));
  }

  private synchronized AppendResult appendNow(FrozenEntry entry) {
    FrozenEntry standing = log(entry.log()).putIfAbsent(entry.number(), entry);
    boolean ours = standing == null || standing.stamp().equals(entry.stamp());
    return ours ? new AppendResult.Appended() : new AppendResult.SequenceTaken();
  }

  private synchronized List<StoredEntry> readNow(LogId log, long fromEntry, int entriesMax) {
    List<StoredEntry> found = new ArrayList<>();
    long bytes = 0;
    for (FrozenEntry entry : log(log).tailMap(fromEntry, true).values()) {
      boolean gap = entry.number() != fromEntry + found.size();
      if (gap || found.size() == entriesMax || bytes > READ_BYTES_MAX) {
        break;
      }
      bytes += entry.bytes().length();
      found.add(stored(entry));
    }
    return found;
  }

  private synchronized List<StoredEntry> readEachNow(LogId log, Collection<Long> numbers) {
    return new TreeSet<>(numbers)
        .stream().filter(log(log)::containsKey).map(log(log)::get).map(this::stored).toList();
  }

  private NavigableMap<Long, FrozenEntry> log(LogId log) {
    return logs.computeIfAbsent(log, absent -> new TreeMap<>());
  }

  private StoredEntry stored(FrozenEntry entry) {
    return new StoredEntry(entry.number(), Bytes.copyOf(entry.bytes().unsafeArray()));
  }
}
