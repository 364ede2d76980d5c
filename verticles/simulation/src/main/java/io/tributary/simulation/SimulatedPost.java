package io.tributary.simulation;

import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.message.Delivery;
import io.tributary.mailbox.DeliverOutcome;
import io.tributary.mailbox.MailboxLinks.Carried;
import io.tributary.mailbox.MailboxLinks.Courier;
import java.util.concurrent.TimeUnit;

/** The way from one mailbox to another, over a network that loses. */
final class SimulatedPost implements Courier {
  private static final long LATENCY_MICROS = 500;

  private final World world;
  private final Life life;

  SimulatedPost(World world, Life life) {
    this.world = world;
    this.life = life;
  }

  @Override
  public Single<Carried> carry(Delivery copy) {
    return Single.<Carried>create(
            caller ->
                later(
                    () ->
                        world
                            .nodeFor(copy.recipient())
                            .deliver(
                                copy,
                                outcome ->
                                    later(
                                        () ->
                                            life.enter(() -> caller.onSuccess(carried(outcome)))))))
        .timeout(
            world.scale().portTimeout().toMillis(),
            TimeUnit.MILLISECONDS,
            life,
            Single.just(new Carried.Retry("no answer")));
  }

  /** An account that is not there yet will be. */
  private static Carried carried(DeliverOutcome outcome) {
    boolean there =
        outcome instanceof DeliverOutcome.Stored || outcome instanceof DeliverOutcome.Duplicate;
    return there ? new Carried.Delivered() : new Carried.Retry("try again");
  }

  private void later(Runnable arrival) {
    if (world.weather().losesIntake()) {
      world.trace().note("copy lost between nodes");
    } else {
      world.time().after(world.chance().latencyMicros(LATENCY_MICROS), arrival);
    }
  }
}
