package io.tributary.simulation;

import io.reactivex.rxjava3.core.Single;
import io.tributary.channels.IntakeOutcome;
import io.tributary.channels.LookupOutcome;
import io.tributary.channels.MessageIntake;
import io.tributary.channels.RecipientLookup;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.message.Delivery;
import io.tributary.mailbox.DeliverOutcome;

/** The way from a node's SMTP sessions to directory and mailboxes, over a network that loses. */
final class SimulatedRouter implements MessageIntake, RecipientLookup {
  private static final long LATENCY_MICROS = 500;

  private final World world;
  private final Life life;

  SimulatedRouter(World world, Life life) {
    this.world = world;
    this.life = life;
  }

  @Override
  public Single<LookupOutcome> lookup(Address address) {
    return Single.create(
        caller -> {
          LookupOutcome outcome = outcome(address);
          later(() -> life.enter(() -> caller.onSuccess(outcome)));
        });
  }

  private LookupOutcome outcome(Address address) {
    if (world.weather().failsLookup()) {
      return new LookupOutcome.Retry("the directory is away");
    }
    return world.users().stream()
        .filter(user -> user.owns(address))
        .findFirst()
        .<LookupOutcome>map(user -> new LookupOutcome.Known(user.recipient(address)))
        .orElseGet(LookupOutcome.Unknown::new);
  }

  @Override
  public Single<IntakeOutcome> accept(Delivery delivery) {
    return Single.create(
        caller ->
            later(
                () ->
                    world
                        .nodeFor(delivery.recipient())
                        .deliver(
                            delivery,
                            outcome ->
                                later(
                                    () -> life.enter(() -> caller.onSuccess(outcome(outcome)))))));
  }

  private void later(Runnable arrival) {
    if (world.weather().losesIntake()) {
      world.trace().note("lost between nodes");
    } else {
      world.time().after(world.chance().latencyMicros(LATENCY_MICROS), arrival);
    }
  }

  private static IntakeOutcome outcome(DeliverOutcome outcome) {
    if (outcome instanceof DeliverOutcome.Stored) {
      return new IntakeOutcome.Stored();
    }
    if (outcome instanceof DeliverOutcome.Duplicate) {
      return new IntakeOutcome.Duplicate();
    }
    if (outcome instanceof DeliverOutcome.NotMine) {
      return new IntakeOutcome.NotMine();
    }
    return new IntakeOutcome.Retry("try again");
  }
}
