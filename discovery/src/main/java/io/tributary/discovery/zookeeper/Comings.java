package io.tributary.discovery.zookeeper;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.message.Bytes;
import io.tributary.discovery.zookeeper.Znodes.Lasting;
import io.tributary.discovery.zookeeper.Znodes.Znode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When nodes came, so that one that keeps coming and going waits longer and longer before it gets
 * its share again: each time mailboxes would change hands twice. Who left in order is not blamed.
 * Safe for any thread.
 */
final class Comings {
  private static final Logger LOG = LoggerFactory.getLogger(Comings.class);

  /** That many in the window cost nothing. */
  private static final int FREE = 4;

  private static final long WINDOW_MILLIS = 600_000;
  private static final long FIRST_MILLIS = 1_000;
  private static final long LONGEST_MILLIS = 60_000;
  private static final int KEPT = 16;

  private final Znodes znodes;
  private final Paths paths;
  private final Scheduler scheduler;
  private final BooleanSupplier needed;

  /**
   * @param needed whether nobody else serves: then there is nothing to spare anybody
   */
  Comings(Znodes znodes, Paths paths, Scheduler scheduler, BooleanSupplier needed) {
    this.znodes = znodes;
    this.paths = paths;
    this.scheduler = scheduler;
    this.needed = needed;
  }

  /** Notes that the node comes; how many milliseconds it is to wait. Never fails. */
  Single<Long> note(String node) {
    long now = scheduler.now(TimeUnit.MILLISECONDS);
    return znodes
        .read(paths.comings(node))
        .map(Optional::of)
        .defaultIfEmpty(Optional.empty())
        .flatMap(found -> note(node, found, now))
        .map(times -> needed.getAsBoolean() ? 0L : waitMillis(times))
        .doOnSuccess(wait -> tell(node, wait))
        .onErrorReturnItem(0L);
  }

  private static void tell(String node, long waitMillis) {
    if (waitMillis > 0) {
      LOG.warn("event=membership.flapping node={} wait_ms={}", node, waitMillis);
    }
  }

  private Single<List<Long>> note(String node, Optional<Znode> found, long now) {
    List<Long> times = new ArrayList<>(found.map(Comings::times).orElse(List.of()));
    times.removeIf(time -> time <= now - WINDOW_MILLIS || time > now);
    times.add(now);
    List<Long> kept = List.copyOf(times.subList(Math.max(0, times.size() - KEPT), times.size()));
    return write(node, found, kept).andThen(Single.just(kept));
  }

  /** Whoever writes at the same time under the same id is another node, which is refused. */
  private Completable write(String node, Optional<Znode> found, List<Long> times) {
    Bytes data = ClusterRecords.encodeComings(times);
    return found
        .map(znode -> znodes.replace(paths.comings(node), data, znode.version()))
        .orElseGet(() -> znodes.create(paths.comings(node), data, Lasting.PERMANENT))
        .ignoreElement();
  }

  /** An unreadable history is none. */
  private static List<Long> times(Znode znode) {
    try {
      return ClusterRecords.decodeComings(znode.data());
    } catch (IllegalArgumentException unreadable) {
      return List.of();
    }
  }

  /**
   * @param times of comings, the newest last
   */
  static long waitMillis(List<Long> times) {
    int blamed = times.size() - FREE;
    return blamed <= 0 ? 0 : Math.min(FIRST_MILLIS << Math.min(blamed - 1, 16), LONGEST_MILLIS);
  }

  /** The node leaves in order: its last coming was none. */
  Completable forgive(String node) {
    return znodes
        .read(paths.comings(node))
        .flatMapCompletable(
            znode -> {
              List<Long> times = times(znode);
              return times.isEmpty()
                  ? Completable.complete()
                  : write(node, Optional.of(znode), times.subList(0, times.size() - 1));
            })
        .onErrorComplete();
  }
}
