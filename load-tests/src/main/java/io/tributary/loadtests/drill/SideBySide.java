package io.tributary.loadtests.drill;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * How some users fared before and during something.
 *
 * @param errors during it
 */
record SideBySide(
    String who, List<Double> before, List<Double> during, Map<String, Integer> errors) {

  static SideBySide of(String who, Collection<String> users, Book book, Span before, Span during) {
    return new SideBySide(
        who,
        millis(book.of(users, before)),
        millis(book.of(users, during)),
        Book.errors(book.of(users, during).stream(), attempt -> true));
  }

  private static List<Double> millis(List<Attempt> attempts) {
    return attempts.stream().filter(Attempt::isAcknowledged).map(Attempt::millis).sorted().toList();
  }

  private static double part(List<Double> sorted, double part) {
    return sorted.isEmpty()
        ? 0
        : sorted.get((int) Math.min(sorted.size() - 1, sorted.size() * part));
  }

  /** Both, and that there were no errors. */
  Claim unharmed() {
    return new Claim(text(), errors.isEmpty() && !during.isEmpty());
  }

  /** Both, whatever they are. */
  Claim told() {
    return new Claim(text(), true);
  }

  private String text() {
    return "%s: acknowledged in p50 %.0f ms, p99 %.0f ms (before: %.0f, %.0f); errors: %s"
        .formatted(
            who,
            part(during, 0.5),
            part(during, 0.99),
            part(before, 0.5),
            part(before, 0.99),
            errors.isEmpty() ? "none" : errors);
  }
}
