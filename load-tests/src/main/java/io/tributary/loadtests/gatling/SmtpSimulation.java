package io.tributary.loadtests.gatling;

import io.gatling.javaapi.core.Simulation;

/** Mail alone. */
public final class SmtpSimulation extends Simulation {
  public SmtpSimulation() {
    LoadRun run = LoadRun.current();
    setUp(Simulations.mail(run)).maxDuration(Simulations.lengthMax(run));
  }
}
