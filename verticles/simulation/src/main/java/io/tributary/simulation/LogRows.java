package io.tributary.simulation;

import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.log.Entry;
import io.tributary.codecs.log.EntryCodec;
import io.tributary.codecs.log.MessagePayload;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.Position;
import io.tributary.storage.ActionLog;
import io.tributary.storage.AppendResult;
import io.tributary.storage.FrozenEntry;
import io.tributary.storage.LogId;
import io.tributary.storage.StoredEntry;
import io.tributary.store.Row;
import io.tributary.store.RowKey;
import io.tributary.store.RowRange;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The logs as they stand in HBase, read from outside without any trouble. */
final class LogRows implements ActionLog {
  private static final String TABLE = World.NAMESPACE + ":log";

  private final SimulatedHBase hbase;

  /** By the very object that stands in HBase. */
  private final Map<Bytes, Entry> decoded = new IdentityHashMap<>();

  LogRows(SimulatedHBase hbase) {
    this.hbase = hbase;
  }

  /** All rows of a log in the order of their keys, dense or not. */
  List<StoredEntry> all(LogId log) {
    List<StoredEntry> entries = new ArrayList<>();
    for (Row row : hbase.scan(range(log, 0), Integer.MAX_VALUE)) {
      long number = ByteBuffer.wrap(row.key().unsafeArray()).getLong(row.key().length() - 8);
      entries.add(new StoredEntry(number, row.value()));
    }
    return entries;
  }

  /** The raw message that the action there brought. */
  Optional<Bytes> raw(LogId log, Position position) {
    return hbase
        .get(new RowKey(TABLE, key(log, position.entry())))
        .map(this::decoded)
        .filter(entry -> position.index() < entry.actions().size())
        .flatMap(entry -> payload(entry, position))
        .map(MessagePayload::raw);
  }

  private Entry decoded(Bytes value) {
    return decoded.computeIfAbsent(value, bytes -> EntryCodec.decode(bytes.unsafeArray()));
  }

  private static Optional<MessagePayload> payload(Entry entry, Position position) {
    return entry.actions().get(position.index()).payload();
  }

  @Override
  public Single<AppendResult> append(FrozenEntry entry) {
    return Single.error(new IllegalStateException("only read"));
  }

  @Override
  public Single<List<StoredEntry>> read(LogId log, long fromEntry, int entriesMax) {
    return Single.fromSupplier(
        () ->
            all(log).stream()
                .filter(entry -> entry.number() >= fromEntry)
                .limit(entriesMax)
                .toList());
  }

  @Override
  public Single<List<StoredEntry>> readEach(LogId log, Collection<Long> numbers) {
    return Single.fromSupplier(
        () -> all(log).stream().filter(entry -> numbers.contains(entry.number())).toList());
  }

  private static RowRange range(LogId log, long from) {
    return new RowRange(TABLE, key(log, from), key(log, Long.MAX_VALUE));
  }

  /** slot(2) user(8) generation(4) entry(8), as the store draws it. */
  private static Bytes key(LogId log, long entry) {
    return Bytes.ofOwned(
        ByteBuffer.allocate(22)
            .putShort((short) log.user().slot().number())
            .putLong(log.user().value())
            .putInt(log.generation())
            .putLong(entry)
            .array());
  }
}
