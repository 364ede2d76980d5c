package io.tributary.mailbox;

import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.log.Entry;
import io.tributary.codecs.log.EntryCodec;
import io.tributary.storage.LogId;
import io.tributary.storage.StoredEntry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Entries that were written or read lately, decoded and without raw messages, so that what is asked
 * for again and again is not read from the log each time. Entries never change. Bounded by bytes;
 * what was not asked for the longest goes first, since an outbox asks once, right after the write.
 */
final class RecentEntries {
  /** Of objects beside the bytes they hold. */
  private static final int WEIGHT_BYTES = 1_000;

  private static final int CHARACTER_BYTES = 2;

  private final ShardResources shared;
  private final long bytesMax;
  private final Map<Key, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  private record Key(LogId log, long number) {}

  private record Kept(Entry entry, int weight) {}

  RecentEntries(ShardResources shared, long bytesMax) {
    this.shared = shared;
    this.bytesMax = bytesMax;
  }

  /**
   * @param entry without raw messages
   */
  void keep(LogId id, long number, Entry entry) {
    Kept added = new Kept(entry, weight(entry));
    Kept before = kept.put(new Key(id, number), added);
    bytes += added.weight - (before == null ? 0 : before.weight);
    Iterator<Kept> oldest = kept.values().iterator();
    while (bytes > bytesMax && oldest.hasNext()) {
      bytes -= oldest.next().weight;
      oldest.remove();
    }
  }

  private static int weight(Entry entry) {
    long bytes = 0;
    for (var recorded : entry.actions()) {
      bytes += WEIGHT_BYTES;
      bytes +=
          recorded
              .payload()
              .map(payload -> CHARACTER_BYTES * EntryCodec.payloadBytesMax(payload))
              .orElse(0L);
    }
    return (int) Math.min(bytes, Integer.MAX_VALUE);
  }

  /**
   * The entries with these numbers. Signals an error if one of them can't be had: they stand in the
   * log for ever.
   */
  Single<Map<Long, Entry>> entries(LogId id, Collection<Long> numbers) {
    Map<Long, Entry> found = new HashMap<>();
    List<Long> missing = new ArrayList<>();
    for (long number : numbers) {
      Kept known = kept.get(new Key(id, number));
      if (known == null) {
        missing.add(number);
      } else {
        found.put(number, known.entry);
      }
    }
    return missing.isEmpty()
        ? Single.just(found)
        : shared
            .untilDeadline(shared.log().readEach(id, missing))
            .map(stored -> complete(id, found, stored, missing));
  }

  private Map<Long, Entry> complete(
      LogId id, Map<Long, Entry> found, List<StoredEntry> stored, List<Long> missing) {
    for (StoredEntry each : stored) {
      Entry entry = Payloads.withoutRaw(EntryCodec.decode(each.bytes().unsafeArray()));
      keep(id, each.number(), entry);
      found.put(each.number(), entry);
    }
    if (!found.keySet().containsAll(missing)) {
      throw new BrokenLogException("a committed entry is gone");
    }
    return found;
  }
}
