package io.tributary.discovery.placement;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs {@link LookupBenchmark}: a line of JSON for each method. Exits with 1 if a lookup allocates
 * or what it looks up in is too large; the time is the machine's affair too, and only told.
 */
public final class LookupMain {
  private static final double TARGET_NANOS = 200;
  private static final long TARGET_BYTES = 1_000_000;
  private static final double NOTHING = 0.01; // of the profiler's own, spread over all calls

  private LookupMain() {}

  public static void main(String[] arguments) throws RunnerException {
    Collection<RunResult> results = new Runner(options()).run();
    long retained = LookupWorld.retainedBytes();
    System.out.printf(
        Locale.ROOT,
        "{\"case\":\"lookup\",\"variant\":\"size\",\"of\":\"%s\",\"retainedBytes\":%d,"
            + "\"target\":{\"retainedBytes\":%d}}%n",
        LookupWorld.SIZE,
        retained,
        TARGET_BYTES);
    boolean free = results.stream().map(LookupMain::say).reduce(true, Boolean::logicalAnd);
    System.exit(free && retained < TARGET_BYTES ? 0 : 1);
  }

  private static Options options() {
    return new OptionsBuilder()
        .include(LookupBenchmark.class.getSimpleName())
        .forks(2)
        .warmupIterations(3)
        .warmupTime(TimeValue.seconds(1))
        .measurementIterations(5)
        .measurementTime(TimeValue.seconds(1))
        .addProfiler(GCProfiler.class)
        .verbosity(VerboseMode.SILENT)
        .build();
  }

  /** Says what one came to; whether it keeps the promise to allocate nothing, if it gave it. */
  private static boolean say(RunResult result) {
    String method = result.getParams().getBenchmark().replaceFirst("^.*\\.", "");
    double bytes =
        Optional.ofNullable(result.getSecondaryResults().get("gc.alloc.rate.norm"))
            .map(Result::getScore)
            .orElse(Double.NaN);
    System.out.printf(
        Locale.ROOT,
        "{\"case\":\"lookup\",\"variant\":\"%s\",\"nanos\":%.1f,\"nanosError\":%.1f,"
            + "\"allocatedBytes\":%.2f,\"target\":{\"nanos\":%.0f,\"allocatedBytes\":%s}}%n",
        method,
        result.getPrimaryResult().getScore(),
        result.getPrimaryResult().getScoreError(),
        bytes,
        TARGET_NANOS,
        promises(method) ? "0" : "null");
    return bytes < NOTHING || !promises(method);
  }

  private static boolean promises(String method) {
    return method.startsWith("node");
  }
}
