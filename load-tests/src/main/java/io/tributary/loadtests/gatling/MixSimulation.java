package io.tributary.loadtests.gatling;

import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.Simulation;
import java.util.List;
import java.util.stream.Stream;

/** All channels at once. */
public final class MixSimulation extends Simulation {
  public MixSimulation() {
    LoadRun run = LoadRun.current();
    List<PopulationBuilder> all =
        Stream.of(Simulations.mail(run), Simulations.sms(run), Simulations.chat(run))
            .flatMap(List::stream)
            .toList();
    setUp(all).maxDuration(Simulations.lengthMax(run));
  }
}
