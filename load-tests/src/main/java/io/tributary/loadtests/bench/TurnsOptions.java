package io.tributary.loadtests.bench;

import io.tributary.loadtests.options.Range;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** How long, and how often. */
final class TurnsOptions {
  private static final int SECONDS_MAX = 600;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "of each round; default: ${DEFAULT-VALUE}")
  private int seconds = 4;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "of each case, between those of the floor; default: ${DEFAULT-VALUE}")
  private int rounds = 3;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      description = "before the first round; default: ${DEFAULT-VALUE}")
  private int warmUp = 40;

  void check(CommandSpec spec) {
    Range.to(SECONDS_MAX).check(spec, "--seconds", seconds);
    Range.to(99).check(spec, "--rounds", rounds);
    Range.to(SECONDS_MAX).check(spec, "--warm-up", warmUp);
  }

  Turns turns(CpuTimes cpu) {
    return new Turns(Duration.ofSeconds(seconds), rounds, Duration.ofSeconds(warmUp), cpu);
  }
}
