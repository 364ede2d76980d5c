package io.tributary.simulation;

import io.reactivex.rxjava3.disposables.Disposable;
import java.util.function.Consumer;

/**
 * One who stands for election. It hears late at times that it leads no more, and so two may believe
 * that they do.
 */
final class SimulatedCandidate {
  private static final long BELIEF_MICROS_MAX = 15 * VirtualTime.SECOND;
  private static final long AGAIN_MICROS = 500 * VirtualTime.MILLISECOND;

  private final SimulatedZnodes znodes;
  private final Consumer<Boolean> leads;
  private long ticket;
  private boolean standing;
  private boolean told;
  private long lastTold;

  SimulatedCandidate(SimulatedZnodes znodes, Consumer<Boolean> leads) {
    this.znodes = znodes;
    this.leads = leads;
  }

  /** With each connection. */
  void standAnew() {
    standing = true;
    Disposable unused =
        znodes
            .call("stand", session -> znodes.world().zookeeper().stand(session))
            .subscribe(this::stands, failure -> again(this::standAnew));
  }

  private void stands(long number) {
    ticket = number;
    look();
  }

  void look() {
    long asked = ticket;
    Disposable unused =
        znodes
            .call("who leads", session -> place(asked))
            .subscribe(
                place -> {
                  if (asked == ticket) {
                    hear(place);
                  }
                },
                failure -> again(this::look));
  }

  private void again(Runnable step) {
    long before = ticket;
    znodes
        .world()
        .time()
        .after(
            AGAIN_MICROS,
            () ->
                znodes
                    .life()
                    .enter(
                        () -> {
                          if (standing && before == ticket) {
                            step.run();
                          }
                        }));
  }

  private enum Place {
    FIRST,
    BEHIND,
    OUT
  }

  private Place place(long asked) {
    SimulatedZooKeeper server = znodes.world().zookeeper();
    if (!server.stands(asked)) {
      return Place.OUT;
    }
    return server.isFirst(asked) ? Place.FIRST : Place.BEHIND;
  }

  private void hear(Place place) {
    tell(place == Place.FIRST);
    if (place == Place.OUT) {
      standAnew();
    }
  }

  /** The connection is gone, and the lead with it. */
  void lose() {
    tell(false);
  }

  void stepBack() {
    standing = false;
    long before = ticket;
    Disposable unused =
        znodes
            .call(
                "step back",
                session -> {
                  znodes.world().zookeeper().stepBack(before);
                  return true;
                })
            .subscribe(done -> {}, failure -> {});
  }

  /** In the order in which it comes about; that the lead is gone, late at times. */
  private void tell(boolean now) {
    if (now == told) {
      return;
    }
    told = now;
    World world = znodes.world();
    boolean late = !now && world.weather().believesOn();
    long at = world.time().nowMicros() + (late ? world.chance().between(0, BELIEF_MICROS_MAX) : 0);
    lastTold = Math.max(lastTold, at);
    world
        .time()
        .after(
            lastTold - world.time().nowMicros(),
            () -> znodes.life().enter(() -> leads.accept(now)));
  }
}
