package io.tributary.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The simulator's own test: it must find bugs that are there, and none that are not. */
class PlantedBugsTest {
  private static final int SEEDS_MAX = 5_000;
  private static final int AT_ONCE = 20;
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
  void plantedBugShouldBeFound(Mutant mutant) throws ReflectiveOperationException, IOException {
    LongFunction<List<String>> simulation = simulation(mutant);
    OptionalLong known = PlantedBugsTable.seedOf(mutant.toString());
    if (known.isPresent() && !simulation.apply(known.getAsLong()).isEmpty()) {
      return;
    }
    for (long seed = 1; seed <= SEEDS_MAX; seed += AT_ONCE) {
      OptionalLong found =
          LongStream.range(seed, seed + AT_ONCE)
              .parallel()
              .filter(each -> !simulation.apply(each).isEmpty())
              .min();
      if (found.isPresent()) {
        System.out.printf("for docs/planted-bugs.md: | %s | %d |%n", mutant, found.getAsLong());
        return;
      }
    }
    throw new AssertionError("not found in " + SEEDS_MAX + " seeds: " + mutant);
  }

  @Test
  void nothingShouldBeFoundWhereNothingIsPlanted() throws ReflectiveOperationException {
    LongFunction<List<String>> simulation = simulation(PlantedBugs.none());
    assertThat(LongStream.rangeClosed(1, CONTROL_SEEDS).parallel().mapToObj(simulation))
        .allMatch(List::isEmpty);
  }

  private static LongFunction<List<String>> simulation(Mutant mutant)
      throws ReflectiveOperationException {
    return new MutantLoader(MutantCompiler.compile(mutant)).simulation();
  }
}
