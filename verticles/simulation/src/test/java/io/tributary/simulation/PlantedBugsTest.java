package io.tributary.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The simulator's own test: it must find bugs that are there, and none that are not. */
class PlantedBugsTest {
  private static final int SEEDS_MAX = 5_000;
  private static final int CONTROL_SEEDS = 60;

  static List<Mutant> plantedBugs() {
    return Stream.of(
            PlantedBugs.all(),
            PlantedSendBugs.all(),
            PlantedMarkBugs.all(),
            PlantedSnapshotBugs.all(),
            PlantedCellBugs.all(),
            PlantedGroupBugs.all())
        .flatMap(List::stream)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("plantedBugs")
  void plantedBugShouldBeFound(Mutant mutant) throws ReflectiveOperationException {
    LongFunction<List<String>> simulation = simulation(mutant);
    for (long seed = 1; seed <= SEEDS_MAX; seed++) {
      List<String> violations = simulation.apply(seed);
      if (!violations.isEmpty()) {
        System.out.printf("| %s | %d | %s |%n", mutant, seed, violations.get(0));
        return;
      }
    }
    throw new AssertionError("not found in " + SEEDS_MAX + " seeds: " + mutant);
  }

  @Test
  void nothingShouldBeFoundWhereNothingIsPlanted() throws ReflectiveOperationException {
    LongFunction<List<String>> simulation = simulation(PlantedBugs.none());
    for (long seed = 1; seed <= CONTROL_SEEDS; seed++) {
      assertThat(simulation.apply(seed)).as("seed " + seed).isEmpty();
    }
  }

  private static LongFunction<List<String>> simulation(Mutant mutant)
      throws ReflectiveOperationException {
    return new MutantLoader(MutantCompiler.compile(mutant)).simulation();
  }
}
