package io.tributary.storage;

import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.message.Bytes;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/** A table in a map, for tests. Each call takes effect when it is subscribed to. */
final class InMemoryRecordTable<K, V> implements RecordTable<K, V> {
  private final Function<V, Bytes> encode;
  private final Function<Bytes, V> decode;
  private final ConcurrentMap<K, Bytes> rows = new ConcurrentHashMap<>();

  InMemoryRecordTable(Function<V, Bytes> encode, Function<Bytes, V> decode) {
    this.encode = encode;
    this.decode = decode;
  }

  @Override
  public Single<Boolean> putIfAbsent(K key, V value) {
    return Single.fromCallable(
        () -> {
          Bytes bytes = encode.apply(value);
          Bytes before = rows.putIfAbsent(key, bytes);
          return before == null || before.equals(bytes);
        });
  }

  @Override
  public Single<Boolean> replace(K key, Stored<V> expected, V next) {
    return Single.fromCallable(
        () -> {
          Bytes bytes = encode.apply(next);
          return rows.replace(key, expected.bytes(), bytes)
              || bytes.equals(rows.getOrDefault(key, Bytes.EMPTY));
        });
  }

  @Override
  public Maybe<Stored<V>> get(K key) {
    return Maybe.defer(
        () -> {
          Bytes bytes = rows.get(key);
          return bytes == null ? Maybe.empty() : Maybe.just(new Stored<>(read(bytes), bytes));
        });
  }

  /** Unordered. */
  ConcurrentMap<K, Bytes> rows() {
    return rows;
  }

  V read(Bytes bytes) {
    return decode.apply(bytes);
  }
}
