package io.tributary.loadtests.gatling;

import io.gatling.javaapi.core.Simulation;

/** Chat alone. */
public final class ChatSimulation extends Simulation {
  public ChatSimulation() {
    LoadRun run = LoadRun.current();
    setUp(Simulations.chat(run)).maxDuration(Simulations.lengthMax(run));
  }
}
