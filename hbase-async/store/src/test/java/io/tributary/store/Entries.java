package io.tributary.store;

import io.tributary.codecs.identity.Incarnation;
import io.tributary.codecs.identity.Stamp;
import io.tributary.codecs.log.Action;
import io.tributary.codecs.log.Entry;
import io.tributary.codecs.log.EntryCodec;
import io.tributary.codecs.log.RecordedAction;
import io.tributary.codecs.message.Bytes;
import io.tributary.storage.FrozenEntry;
import io.tributary.storage.LogId;
import java.util.List;
import java.util.Optional;

/** Small entries, and the rows they are written to. */
final class Entries {

  private Entries() {}

  /** An entry whose stamp is drawn from the writer's name. */
  static FrozenEntry entry(LogId log, long number, String writer) {
    Stamp stamp = new Stamp(new Incarnation(number, 2), 1 + Math.abs(writer.hashCode()));
    Action opened = new Action.Opened(1, "c1", "alice", List.of());
    RecordedAction action = new RecordedAction(0, Optional.empty(), opened, Optional.empty());
    byte[] bytes = EntryCodec.encode(new Entry(stamp, List.of(action)));
    return new FrozenEntry(log, number, stamp, Bytes.ofOwned(bytes));
  }

  static RowKey row(LogId log, long number) {
    return new RowKey("c1:log", RowKeys.log(log, number));
  }

  static long userOf(RowKey row) {
    return java.nio.ByteBuffer.wrap(row.key().unsafeArray()).getLong(Short.BYTES);
  }
}
