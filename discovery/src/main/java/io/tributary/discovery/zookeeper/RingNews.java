package io.tributary.discovery.zookeeper;

import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.processors.BehaviorProcessor;
import io.reactivex.rxjava3.processors.FlowableProcessor;
import io.tributary.discovery.ring.Ring;

/** Tells of rings, the newest to whoever is slow. Safe for any thread. */
final class RingNews {
  private final Scheduler scheduler;
  private final FlowableProcessor<Ring> own =
      BehaviorProcessor.createDefault(Ring.EMPTY).toSerialized();
  private final FlowableProcessor<Boolean> any =
      BehaviorProcessor.createDefault(Boolean.TRUE).toSerialized();

  /**
   * @param scheduler where it is told
   */
  RingNews(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  /** The own cell's is another now. */
  void own(Ring now) {
    own.onNext(now);
    other();
  }

  /** Some cell's is another now. */
  void other() {
    any.onNext(Boolean.TRUE);
  }

  /** The own cell's, now and at each change. */
  Flowable<Ring> own() {
    return own.onBackpressureLatest().observeOn(scheduler);
  }

  /** An item now and after each change of any. */
  Flowable<Boolean> any() {
    return any.onBackpressureLatest().observeOn(scheduler);
  }

  /** All have been told. */
  void close() {
    own.onComplete();
    any.onComplete();
  }
}
