package io.tributary.simulation;

import java.util.List;

/**
 * One run.
 *
 * @param traceHash of everything that happened
 * @param violations of what must hold; empty if all is well
 */
public record Report(
    long seed, long traceHash, long events, Counts counts, List<String> violations) {
  public Report {
    violations = List.copyOf(violations);
  }

  /**
   * What came about, to know that a run tried something.
   *
   * @param copies letters times their recipients
   * @param sent copies sent whole, repetitions included
   * @param outrun entries whose number another owner took
   */
  public record Counts(int copies, int sent, int promised, int outrun) {}
}
