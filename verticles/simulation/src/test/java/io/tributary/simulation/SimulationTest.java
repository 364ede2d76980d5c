package io.tributary.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SimulationTest {
  private static final int SEEDS = 1_000;
  private static final long KILL_SEED = 1;

  @Test
  void allThatIsPromisedShouldHoldForEverySeed() {
    Long only = Long.getLong("simulation.seed");
    if (only != null) {
      replay(only);
      return;
    }
    List<Report> failed =
        LongStream.rangeClosed(1, SEEDS)
            .parallel()
            .mapToObj(Simulation::run)
            .filter(report -> !report.violations().isEmpty())
            .limit(5)
            .toList();
    assertThat(failed).as("replay one with -Dsimulation.seed=<seed>").isEmpty();
  }

  private static void replay(long seed) {
    List<String> events = new ArrayList<>();
    Report report = Simulation.run(seed, events::add);
    events.forEach(System.out::println);
    assertThat(report.violations()).isEmpty();
  }

  @Test
  void killingANodeBetweenAnyTwoStepsShouldLoseNothing() {
    List<Report> failed = new ArrayList<>();
    long boundaries = Simulation.runKilledAt(KILL_SEED, 0, event -> {}).boundaries();
    for (long boundary = 0; boundary <= boundaries; boundary++) {
      Report report = Simulation.runKilledAt(KILL_SEED, boundary, event -> {});
      if (!report.violations().isEmpty()) {
        failed.add(report);
      }
    }
    assertThat(boundaries).isGreaterThan(200);
    assertThat(failed).isEmpty();
  }

  @Test
  void sameSeedShouldGiveTheSameRun() {
    for (long seed = 1; seed <= 10; seed++) {
      assertThat(Simulation.run(seed)).isEqualTo(Simulation.run(seed));
    }
  }
}
