package io.tributary.loadtests.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Rounds of a case and of its floor, taken in turn.
 *
 * @param floors none if the case was measured by itself
 * @param warmUps whose figures don't count, but whose failures do
 * @param spent during the case's rounds
 */
record Comparison(List<Round> rounds, List<Round> floors, List<Round> warmUps, Spent spent) {
  Comparison {
    rounds = List.copyOf(rounds);
    floors = List.copyOf(floors);
    warmUps = List.copyOf(warmUps);
  }

  double perSecond() {
    return median(rounds, Round::perSecond);
  }

  double floorPerSecond() {
    return median(floors, Round::perSecond);
  }

  /** Of the two medians. */
  double ratio() {
    return perSecond() / floorPerSecond();
  }

  double percentileMillis(double part) {
    return median(rounds, round -> round.latencies().percentileMillis(part));
  }

  double floorPercentileMillis(double part) {
    return median(floors, round -> round.latencies().percentileMillis(part));
  }

  /** Calls that failed: with one of them the figures are void. */
  int failed() {
    return all().mapToInt(Round::failed).sum();
  }

  List<String> problems() {
    return all().flatMap(round -> round.problems().stream()).distinct().toList();
  }

  private Stream<Round> all() {
    return Stream.of(warmUps, rounds, floors).flatMap(List::stream);
  }

  private static double median(List<Round> rounds, ToDoubleFunction<Round> figure) {
    return Medians.of(rounds.stream().mapToDouble(figure).toArray());
  }
}
