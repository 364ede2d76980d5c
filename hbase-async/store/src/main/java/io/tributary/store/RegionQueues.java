package io.tributary.store;

import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.Disposable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * What waits for each region, and when it goes: what finds enough under way waits and then goes
 * together, in beats while much arrives. Used within turns.
 */
final class RegionQueues<T extends RegionOffer> {

  private static final int REGIONS_MAX = 1_024;

  private final GroupLimits limits;
  private final Scheduler clock;
  private final Turns turns;
  private final BiConsumer<RegionName, List<T>> sender;
  private final Map<RegionName, RegionQueue<T>> queues = new HashMap<>();

  /**
   * @param sender is given what goes together, and tells when it {@link #landed}
   */
  RegionQueues(
      GroupLimits limits, Scheduler clock, Turns turns, BiConsumer<RegionName, List<T>> sender) {
    this.limits = limits;
    this.clock = clock;
    this.turns = turns;
    this.sender = sender;
  }

  /** False if there is no room. */
  boolean join(RegionName region, T offer) {
    RegionQueue<T> queue = queueOf(region);
    if (!queue.add(offer)) {
      return false;
    }
    if (queue.rhythm().begins(clock.now(TimeUnit.MILLISECONDS))) {
      setBeat(region, queue);
    }
    sendNext(region, queue);
    return true;
  }

  /** Kept, with its rhythm, though nothing waits; but regions come and go. */
  private RegionQueue<T> queueOf(RegionName region) {
    if (queues.size() >= REGIONS_MAX) {
      queues.values().removeIf(RegionQueue::isIdle);
    }
    return queues.computeIfAbsent(region, absent -> new RegionQueue<>(limits));
  }

  private void setBeat(RegionName region, RegionQueue<T> queue) {
    Disposable unused =
        clock.scheduleDirect(
            () -> turns.run(() -> beat(region, queue)),
            queue.rhythm().millisLeft(clock.now(TimeUnit.MILLISECONDS)),
            TimeUnit.MILLISECONDS);
  }

  private void beat(RegionName region, RegionQueue<T> queue) {
    queue.beat();
    if (queue.rhythm().goesOn()) {
      setBeat(region, queue);
    }
    sendNext(region, queue);
  }

  private void sendNext(RegionName region, RegionQueue<T> queue) {
    List<T> batch = queue.isDue() ? queue.take() : List.of();
    while (!batch.isEmpty()) {
      sender.accept(region, batch);
      batch = queue.isDue() ? queue.take() : List.of();
    }
  }

  /** A request has its answer, or will have none: what waits goes. */
  void landed(RegionName region) {
    RegionQueue<T> queue = queues.get(region);
    if (queue != null) {
      queue.landed();
      sendNext(region, queue);
    }
  }
}
