package io.tributary.simulation;

import io.tributary.codecs.message.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The one column of an HBase row, with what makes HBase surprising: every write has a timestamp in
 * milliseconds and the newest wins whenever it arrives; a delete is a tombstone that hides all that
 * is not newer, also what comes later in the same millisecond; what outlives its time to live is
 * gone.
 */
final class Column {
  private record Version(long timestampMillis, Bytes value) {}

  private final long timeToLiveMillis;
  private final List<Version> versions = new ArrayList<>();
  private long tombstoneMillis = Long.MIN_VALUE;

  Column(long timeToLiveMillis) {
    this.timeToLiveMillis = timeToLiveMillis;
  }

  Optional<Bytes> visible(long nowMillis) {
    return versions.stream()
        .reduce((one, next) -> next.timestampMillis >= one.timestampMillis ? next : one)
        .filter(newest -> newest.timestampMillis > tombstoneMillis)
        .filter(newest -> nowMillis - newest.timestampMillis < timeToLiveMillis)
        .map(Version::value);
  }

  void put(long timestampMillis, Bytes value) {
    versions.add(new Version(timestampMillis, value));
  }

  void delete(long timestampMillis) {
    tombstoneMillis = Math.max(tombstoneMillis, timestampMillis);
  }

  /** The condition is checked on what is visible; the write may stay invisible all the same. */
  boolean putIfAbsent(long nowMillis, Bytes value) {
    if (visible(nowMillis).isPresent()) {
      return false;
    }
    put(nowMillis, value);
    return true;
  }

  boolean compareAndSet(long nowMillis, Bytes expected, Bytes next) {
    if (!visible(nowMillis).equals(Optional.of(expected))) {
      return false;
    }
    put(nowMillis, next);
    return true;
  }
}
