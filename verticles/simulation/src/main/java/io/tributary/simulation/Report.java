package io.tributary.simulation;

import java.util.List;

/**
 * One run.
 *
 * @param boundaries how many steps nodes took
 * @param violations of what must hold; empty if all is well
 */
public record Report(
    Run run, Counts counts, Sends sends, long boundaries, List<String> violations) {
  public Report {
    violations = List.copyOf(violations);
  }

  /**
   * Which run it was.
   *
   * @param traceHash of everything that happened
   */
  public record Run(long seed, long traceHash, long events) {}

  /**
   * What came about with mail, to know that a run tried something.
   *
   * @param copies letters times their recipients
   * @param sent copies sent whole, repetitions included
   * @param outrun entries whose number another owner took
   */
  public record Counts(int copies, int sent, int promised, int outrun) {}

  /**
   * What came about with users' messages.
   *
   * @param promised messages that their senders know to be sent
   * @param arrived copies of them
   */
  public record Sends(int promised, int arrived) {}
}
