package io.tributary.simulation;

import java.util.function.BooleanSupplier;

/** Between processes: what is sent comes late, twice or never, and not in its order. */
final class Network {
  private static final long LATENCY_MICROS = 500;

  private final World world;
  private final BooleanSupplier cut;

  Network(World world) {
    this(world, () -> false);
  }

  private Network(World world, BooleanSupplier cut) {
    this.world = world;
    this.cut = cut;
  }

  /** From one node to another, as long as they can reach each other. */
  Network between(int one, int other) {
    return new Network(world, () -> world.cuts().between(one, other));
  }

  void send(String what, Runnable arrival) {
    send(what, true, arrival);
  }

  /**
   * @param repeatable whether a second arrival is harmless; else there is none
   */
  void send(String what, boolean repeatable, Runnable arrival) {
    if (cut.getAsBoolean() || world.weather().losesIntake()) {
      world.trace().note(what + " lost between nodes");
      return;
    }
    later(arrival);
    if (repeatable && world.weather().doublesIntake()) {
      world.trace().note(what + " doubled between nodes");
      later(arrival);
    }
  }

  /** What is under way when they are cut off is lost as well. */
  private void later(Runnable arrival) {
    world
        .time()
        .after(
            world.chance().latencyMicros(LATENCY_MICROS),
            () -> {
              if (!cut.getAsBoolean()) {
                arrival.run();
              }
            });
  }
}
