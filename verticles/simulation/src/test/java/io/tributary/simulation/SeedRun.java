package io.tributary.simulation;

import java.util.List;
import java.util.function.LongFunction;

/** Seed to violations, in types that every class loader shares. */
public final class SeedRun implements LongFunction<List<String>> {
  @Override
  public List<String> apply(long seed) {
    return Simulation.run(seed).violations();
  }
}
