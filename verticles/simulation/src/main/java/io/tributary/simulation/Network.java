package io.tributary.simulation;

/** Between processes: what is sent comes late, twice or never, and not in its order. */
final class Network {
  private static final long LATENCY_MICROS = 500;

  private final World world;

  Network(World world) {
    this.world = world;
  }

  void send(String what, Runnable arrival) {
    send(what, true, arrival);
  }

  /**
   * @param repeatable whether a second arrival is harmless; else there is none
   */
  void send(String what, boolean repeatable, Runnable arrival) {
    if (world.weather().losesIntake()) {
      world.trace().note(what + " lost between nodes");
      return;
    }
    later(arrival);
    if (repeatable && world.weather().doublesIntake()) {
      world.trace().note(what + " doubled between nodes");
      later(arrival);
    }
  }

  private void later(Runnable arrival) {
    world.time().after(world.chance().latencyMicros(LATENCY_MICROS), arrival);
  }
}
