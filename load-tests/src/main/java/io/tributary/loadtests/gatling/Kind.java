package io.tributary.loadtests.gatling;

import io.gatling.javaapi.core.Simulation;

/** What there is to run. */
enum Kind {
  smtp(SmtpSimulation.class),
  sms(SmsSimulation.class),
  chat(ChatSimulation.class),
  mix(MixSimulation.class);

  private final Class<? extends Simulation> simulation;

  Kind(Class<? extends Simulation> simulation) {
    this.simulation = simulation;
  }

  boolean texts() {
    return this == sms || this == mix;
  }

  boolean chats() {
    return this == chat || this == mix;
  }

  Class<? extends Simulation> simulation() {
    return simulation;
  }
}
