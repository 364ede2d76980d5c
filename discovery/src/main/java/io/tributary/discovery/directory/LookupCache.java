package io.tributary.discovery.directory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import io.tributary.storage.StorageUnavailableException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Remembers reads, and joins those of one key that are under way. An entry's age counts from the
 * moment its read was sent. Safe for any thread.
 */
final class LookupCache<K, V> {
  private static final long AWAY_MILLIS = 1_000;

  private final Function<K, Maybe<V>> read;
  private final Policy policy;
  private final InstantSource clock;
  private final Cache<K, Entry<V>> entries;
  private final ConcurrentMap<K, Flight<V>> flights = new ConcurrentHashMap<>();
  private final AtomicLong flightsBegun = new AtomicLong();
  private volatile long awayUntilMillis = Long.MIN_VALUE;

  /**
   * How long answers are good.
   *
   * @param knownMillis of one that found something
   * @param unknownMillis of one that found nothing
   * @param oldWhileAway while storage is away, what was found once stays good
   */
  record Policy(long knownMillis, UnknownFor unknownMillis, boolean oldWhileAway, int entriesMax) {}

  /** Wrapped, so that the two ages are not mixed up. */
  record UnknownFor(long millis) {}

  private record Entry<V>(Optional<V> value, long sentMillis) {}

  private record Flight<V>(long number, Single<Optional<V>> answer, long sentMillis) {}

  LookupCache(Function<K, Maybe<V>> read, Policy policy, InstantSource clock) {
    this.read = read;
    this.policy = policy;
    this.clock = clock;
    this.entries =
        Caffeine.newBuilder().maximumSize(policy.entriesMax()).executor(Runnable::run).build();
  }

  Maybe<V> get(K key) {
    return Single.defer(() -> lookUp(key)).flatMapMaybe(Maybe::fromOptional);
  }

  /** What is now known without reading. */
  void put(K key, V value) {
    flights.remove(key);
    entries.put(key, new Entry<>(Optional.of(value), clock.millis()));
  }

  void forget(K key) {
    flights.remove(key);
    entries.invalidate(key);
  }

  private Single<Optional<V>> lookUp(K key) {
    long now = clock.millis();
    Entry<V> entry = entries.getIfPresent(key);
    if (entry != null && (isGood(entry, now) || now < awayUntilMillis && isKept(entry))) {
      return Single.just(entry.value());
    }
    return fly(key, now).onErrorResumeNext(error -> fallBack(error, entry));
  }

  private boolean isGood(Entry<V> entry, long now) {
    long age = now - entry.sentMillis();
    return age
        < (entry.value().isPresent() ? policy.knownMillis() : policy.unknownMillis().millis());
  }

  private boolean isKept(Entry<V> entry) {
    return policy.oldWhileAway() && entry.value().isPresent();
  }

  private Single<Optional<V>> fallBack(Throwable error, @Nullable Entry<V> entry) {
    if (error instanceof StorageUnavailableException && entry != null && isKept(entry)) {
      awayUntilMillis = clock.millis() + AWAY_MILLIS;
      return Single.just(entry.value());
    }
    return Single.error(error);
  }

  /** Joins a read only if it was sent recently enough to say that something is unknown. */
  private Single<Optional<V>> fly(K key, long now) {
    Flight<V> joined =
        flights.compute(
            key,
            (same, flight) ->
                flight != null && now - flight.sentMillis() <= policy.unknownMillis().millis()
                    ? flight
                    : newFlight(key, now));
    return joined.answer();
  }

  private Flight<V> newFlight(K key, long now) {
    long number = flightsBegun.incrementAndGet();
    Single<Optional<V>> answer =
        read.apply(key)
            .map(Optional::of)
            .defaultIfEmpty(Optional.empty())
            .doOnEvent((value, error) -> land(key, number, value))
            .cache();
    return new Flight<>(number, answer, now);
  }

  /** Remembers the answer, unless the key was forgotten or put meanwhile. */
  private void land(K key, long number, @Nullable Optional<V> value) {
    flights.computeIfPresent(
        key,
        (same, flight) -> {
          if (flight.number() != number) {
            return flight;
          }
          if (value != null) {
            entries.put(key, new Entry<>(value, flight.sentMillis()));
          }
          return null;
        });
  }
}
