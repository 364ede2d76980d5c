package io.tributary.cli.up;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * A process to keep running.
 *
 * @param name also of its pid file and its log
 * @param needs names of those that must be ready before it is started
 * @param bounds how long it may take
 * @param recipe makes the command anew for every start
 * @param ready whether the one just started does its work; asked often, answers fast
 */
record Service(
    String name, List<String> needs, Bounds bounds, Recipe recipe, BooleanSupplier ready) {
  Service {
    needs = List.copyOf(needs);
  }

  /** How long a start and a stop may take before the process is killed. */
  record Bounds(Duration start, Duration stop) {}

  /** What to start. */
  interface Recipe {
    /** Also clears away what an earlier start left. */
    ProcessBuilder command() throws IOException;
  }
}
