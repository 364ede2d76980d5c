package io.tributary.discovery.zookeeper;

import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.message.Bytes;
import io.tributary.discovery.membership.ClusterUnavailableException;
import io.tributary.discovery.zookeeper.Znodes.Sight;
import io.tributary.discovery.zookeeper.Znodes.Watch;
import io.tributary.discovery.zookeeper.Znodes.Znode;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows one permanent znode and keeps its newest readable value, whatever happens to ZooKeeper.
 * Safe for any thread.
 */
final class ZnodeWatch<T> {
  private static final Logger LOG = LoggerFactory.getLogger(ZnodeWatch.class);

  private final Znodes znodes;
  private final String path;
  private final BiFunction<Bytes, Long, T> decode;
  private final Consumer<T> changed;
  private final Watch watch;
  private long seenZxid = Long.MIN_VALUE; // guarded by this
  private volatile T value;
  private volatile String trouble = "";
  private boolean known; // some value was read; guarded by this

  /**
   * @param decode from data and version; throws {@link IllegalArgumentException} if unreadable
   * @param none stands until the first value
   * @param changed told each newer value, under this object's lock
   */
  ZnodeWatch(
      Znodes znodes, String path, BiFunction<Bytes, Long, T> decode, T none, Consumer<T> changed) {
    this.znodes = znodes;
    this.path = path;
    this.decode = decode;
    this.value = none;
    this.changed = changed;
    this.watch = znodes.watch(path, sight());
  }

  /** What is gone keeps its last value. */
  private Sight sight() {
    return new Sight() {
      @Override
      public void is(Znode now) {
        offer(now);
      }

      @Override
      public void gone() {}
    };
  }

  T value() {
    return value;
  }

  /** Why the value may be older than what is there; empty if all is well. */
  String trouble() {
    return trouble;
  }

  /** Follows it from now on. */
  void start() {
    watch.start();
  }

  /**
   * Reads it now. Signals {@link ClusterUnavailableException}, also if it is absent, or can't be
   * read and never could.
   */
  Single<T> refresh() {
    return znodes
        .read(path)
        .doOnSuccess(this::offer)
        .switchIfEmpty(Maybe.error(() -> absent()))
        .map(read -> known())
        .toSingle();
  }

  private synchronized T known() {
    if (!known) {
      throw new ClusterUnavailableException(trouble, new IllegalStateException("no value yet"));
    }
    return value;
  }

  private ClusterUnavailableException absent() {
    return new ClusterUnavailableException(
        path + " is absent", new IllegalStateException("nobody has created it"));
  }

  /** A new session: what comes next counts, even if ZooKeeper has begun from nothing. */
  synchronized void startOver() {
    seenZxid = Long.MIN_VALUE;
  }

  private synchronized void offer(Znode read) {
    if (read.changedZxid() <= seenZxid) {
      return;
    }
    try {
      value = decode.apply(read.data(), (long) read.version());
      seenZxid = read.changedZxid();
      known = true;
      trouble = "";
      changed.accept(value);
    } catch (IllegalArgumentException unreadable) {
      note(path + " can't be read: " + unreadable.getMessage(), read.version());
    }
  }

  /** The value stays. */
  private void note(String why, int version) {
    if (!why.equals(trouble)) {
      LOG.error("event=znode.unreadable version={} reason=\"{}\"", version, why);
    }
    trouble = why;
  }

  void close() {
    watch.close();
  }
}
