package io.tributary.simulation;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

/**
 * Runs seeds, as many at a time as there are processors; {@code load-tests/simulate} starts it.
 * Exit 0 if nothing is wrong, 1 if something is, 2 for wrong use.
 */
public final class SimulateMain {
  private static final long PROGRESS = 1_000;

  private static final String USAGE =
      """
      usage: load-tests/simulate [--seeds N] [--seed S]
        --seeds N   how many runs, from seed S on (default 1,000; 1 if only --seed is given)
        --seed S    the first seed (default 1); a single run shows every event
      """;

  private SimulateMain() {}

  /** How many, from where on. */
  private record Wish(long first, long count) {
    static Wish of(String... arguments) {
      long first = 1;
      long count = List.of(arguments).contains("--seed") ? 1 : 1_000;
      for (int i = 0; i < arguments.length; i += 2) {
        long value = Long.parseLong(arguments[i + 1]);
        switch (arguments[i]) {
          case "--seed" -> first = value;
          case "--seeds" -> count = value;
          default -> throw new IllegalArgumentException("unknown: " + arguments[i]);
        }
      }
      if (count < 1) {
        throw new IllegalArgumentException("--seeds is at least 1");
      }
      return new Wish(first, count);
    }
  }

  /** The command line. */
  public static void main(String... arguments) {
    Wish wish;
    try {
      wish = Wish.of(arguments);
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException wrong) {
      System.err.print(USAGE);
      System.exit(2);
      return;
    }
    System.exit(wish.count() == 1 ? replay(wish.first()) : run(wish));
  }

  private static int replay(long seed) {
    Report report = Simulation.run(seed, System.out::println);
    System.out.println(report);
    return report.violations().isEmpty() ? 0 : 1;
  }

  private static int run(Wish wish) {
    AtomicLong done = new AtomicLong();
    long failed =
        LongStream.range(wish.first(), wish.first() + wish.count())
            .parallel()
            .mapToObj(Simulation::run)
            .peek(report -> tellProgress(done.incrementAndGet()))
            .filter(report -> !report.violations().isEmpty())
            .peek(SimulateMain::tell)
            .count();
    System.out.printf("%d seeds from %d on: %d failed%n", wish.count(), wish.first(), failed);
    return failed == 0 ? 0 : 1;
  }

  private static void tellProgress(long done) {
    if (done % PROGRESS == 0) {
      System.err.println(done + " seeds");
    }
  }

  private static void tell(Report report) {
    long seed = report.run().seed();
    System.out.printf(
        "seed %d: %s%n  again: load-tests/simulate --seed %d%n",
        seed, report.violations().get(0), seed);
  }
}
