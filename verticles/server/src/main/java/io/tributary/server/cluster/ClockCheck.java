package io.tributary.server.cluster;

import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.Disposable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.api.CuratorEvent;
import org.apache.zookeeper.CreateMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far this node's clock is from its cell's: it writes a znode once a minute and compares the
 * time that ZooKeeper gave it with its own. ZooKeeper's clock stands for the cell's.
 */
public final class ClockCheck {
  /** More than this, and what a node records is too far from what its cell does. */
  public static final Duration SKEW_MAX = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(ClockCheck.class);
  private static final String FOLDER = "clocks";
  private static final long EVERY_SECONDS = 60;
  private static final long ANSWER_SECONDS_MAX = 10;

  private final CuratorFramework curator;
  private final String path;
  private final InstantSource clock;
  private volatile long skewMillis;

  private ClockCheck(CuratorFramework curator, String path, InstantSource clock) {
    this.curator = curator;
    this.path = path;
    this.clock = clock;
  }

  /** Measures now and then until it is stopped. */
  public static Running start(
      ZooKeeperClient zookeeper, String node, InstantSource clock, Scheduler scheduler) {
    ClockCheck check = new ClockCheck(zookeeper.folder(FOLDER), "/" + node, clock);
    Disposable measuring =
        Flowable.interval(0, EVERY_SECONDS, TimeUnit.SECONDS, scheduler)
            .onBackpressureDrop()
            .concatMapMaybe(tick -> check.measured(scheduler), 1)
            .subscribe(check::note, failure -> LOG.error("event=clock.check_ended", failure));
    return new Running(check, measuring);
  }

  /** A check that goes on. */
  public record Running(ClockCheck check, Disposable measuring) {}

  /** Ours minus the cell's, as last measured; 0 before that. */
  public long skewMillis() {
    return skewMillis;
  }

  public boolean good() {
    return Math.abs(skewMillis) <= SKEW_MAX.toMillis();
  }

  private Maybe<Long> measured(Scheduler scheduler) {
    return Maybe.<Long>create(
            emitter -> {
              long before = clock.millis();
              curator
                  .create()
                  .orSetData()
                  .creatingParentsIfNeeded()
                  .withMode(CreateMode.EPHEMERAL)
                  .inBackground(
                      (client, event) -> {
                        if (event.getStat() == null) {
                          emitter.onComplete();
                        } else {
                          emitter.onSuccess(skew(before, event));
                        }
                      })
                  .forPath(path, new byte[0]);
            })
        .timeout(ANSWER_SECONDS_MAX, TimeUnit.SECONDS, scheduler, Maybe.empty())
        .onErrorComplete();
  }

  /** The znode was written between {@code before} and now; half way is the best guess. */
  private long skew(long before, CuratorEvent event) {
    long after = clock.millis();
    return before + (after - before) / 2 - event.getStat().getMtime();
  }

  private void note(long skew) {
    skewMillis = skew;
    if (!good()) {
      LOG.warn("event=clock.off skew_ms={}", skew);
    }
  }
}
