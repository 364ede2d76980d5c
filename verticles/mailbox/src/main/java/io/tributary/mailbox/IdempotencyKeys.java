package io.tributary.mailbox;

import com.google.protobuf.ByteString;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.Position;
import io.tributary.records.v1.KeysSnapshot;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Keys of committed actions, kept for seven days of the fold's time. */
final class IdempotencyKeys {
  static final long KEPT_MILLIS = Duration.ofDays(7).toMillis();

  /** About what one key weighs in memory, beside its own bytes. */
  private static final int WEIGHT_BYTES = 160;

  /** In the order of their time, which never falls. */
  private final Map<Bytes, Use> uses = new LinkedHashMap<>();

  private long weightBytes;

  IdempotencyKeys() {}

  /**
   * @param foldMillis the fold's time when it was saved
   * @throws RuntimeException if it can't be what {@link #save} made
   */
  IdempotencyKeys(KeysSnapshot saved, long foldMillis) {
    long millis = foldMillis;
    for (int i = 0; i < saved.getKeysCount(); i++) {
      millis += saved.getMilliSteps(i);
      Bytes request = SavedNumbers.bytes(saved.getRequests(i));
      Position position = new Position(saved.getPositions(i));
      add(
          SavedNumbers.bytes(saved.getKeys(i)),
          new Use(position, millis, request.isEmpty() ? Optional.empty() : Optional.of(request)));
    }
  }

  KeysSnapshot save(long foldMillis) {
    KeysSnapshot.Builder saved = KeysSnapshot.newBuilder();
    long before = foldMillis;
    for (Map.Entry<Bytes, Use> each : uses.entrySet()) {
      Use use = each.getValue();
      saved.addKeys(SavedNumbers.save(each.getKey()));
      saved.addPositions(use.position.value()).addMilliSteps(use.foldMillis - before);
      saved.addRequests(use.request.map(SavedNumbers::save).orElse(ByteString.EMPTY));
      before = use.foldMillis;
    }
    return saved.build();
  }

  /** The action with that key, if at {@code nowMillis} it still counts. */
  Optional<Use> find(Bytes key, long nowMillis) {
    return Optional.ofNullable(uses.get(key)).filter(use -> !expired(use, nowMillis));
  }

  /** The first use of a key is the one that counts. */
  void add(Bytes key, Use use) {
    if (uses.putIfAbsent(key, use) == null) {
      weightBytes += weight(key, use);
    }
  }

  /** Drops what no longer counts. */
  void expire(long foldMillis) {
    Iterator<Map.Entry<Bytes, Use>> oldestFirst = uses.entrySet().iterator();
    while (oldestFirst.hasNext()) {
      Map.Entry<Bytes, Use> oldest = oldestFirst.next();
      if (!expired(oldest.getValue(), foldMillis)) {
        return;
      }
      weightBytes -= weight(oldest.getKey(), oldest.getValue());
      oldestFirst.remove();
    }
  }

  int size() {
    return uses.size();
  }

  long weightBytes() {
    return weightBytes;
  }

  private static long weight(Bytes key, Use use) {
    return WEIGHT_BYTES + key.length() + use.request.map(Bytes::length).orElse(0);
  }

  private static boolean expired(Use use, long nowMillis) {
    return nowMillis - use.foldMillis > KEPT_MILLIS;
  }

  /**
   * What a key was used for.
   *
   * @param request hash of what was asked for
   */
  record Use(Position position, long foldMillis, Optional<Bytes> request) {}
}
