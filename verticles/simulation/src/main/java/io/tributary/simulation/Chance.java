package io.tributary.simulation;

import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** All randomness of a run, from its seed. */
final class Chance {
  private final RandomGenerator random;

  Chance(long seed) {
    random = new SplittableRandom(seed);
  }

  RandomGenerator random() {
    return random;
  }

  /**
   * @param probability 0 to 1
   */
  boolean happens(double probability) {
    return probability > 0 && random.nextDouble() < probability;
  }

  /** From {@code least} to {@code most}, both included. */
  long between(long least, long most) {
    return random.nextLong(least, most + 1);
  }

  int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** Mostly short, sometimes long: how long things take. */
  long latencyMicros(long typicalMicros) {
    long most = happens(0.05) ? 20 * typicalMicros : 2 * typicalMicros;
    return between(typicalMicros / 4, most);
  }
}
