package io.tributary.loadtests.gatling;

import io.gatling.javaapi.core.Simulation;

/** What there is to run. */
enum Kind {
  smtp(SmtpSimulation.class);

  private final Class<? extends Simulation> simulation;

  Kind(Class<? extends Simulation> simulation) {
    this.simulation = simulation;
  }

  Class<? extends Simulation> simulation() {
    return simulation;
  }
}
