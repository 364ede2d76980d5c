package io.tributary.loadtests.gatling;

import io.gatling.javaapi.core.Simulation;

/** SMS alone. */
public final class SmsSimulation extends Simulation {
  public SmsSimulation() {
    LoadRun run = LoadRun.current();
    setUp(Simulations.sms(run)).maxDuration(Simulations.lengthMax(run));
  }
}
