package io.tributary.channels.live;

import io.reactivex.rxjava3.core.Scheduler;
import io.tributary.channels.LiveFeed;
import java.util.random.RandomGenerator;

/**
 * What the followers of one event loop share.
 *
 * @param scheduler all its workers run on the feed's event loop
 * @param random for jitter
 * @param budget shared by all event loops
 */
public record LiveSource(
    LiveFeed feed, Scheduler scheduler, RandomGenerator random, WindowBudget budget) {
  /** With a budget of its own. */
  public LiveSource(LiveFeed feed, Scheduler scheduler, RandomGenerator random) {
    this(feed, scheduler, random, new WindowBudget());
  }
}
