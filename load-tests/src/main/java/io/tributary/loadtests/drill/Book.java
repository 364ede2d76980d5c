package io.tributary.loadtests.drill;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** All attempts of all senders. Safe for any thread. */
final class Book {
  private final Queue<Attempt> attempts = new ConcurrentLinkedQueue<>();

  void add(Attempt attempt) {
    attempts.add(attempt);
  }

  Stream<Attempt> all() {
    return attempts.stream();
  }

  /** Those that came to an end in this time, of these users. */
  List<Attempt> of(Collection<String> users, Span span) {
    Set<String> wanted = Set.copyOf(users);
    return all()
        .filter(attempt -> wanted.contains(attempt.user()) && attempt.endedIn(span))
        .toList();
  }

  /**
   * When the user's mailbox next acknowledged a message that was sent after this moment; empty if
   * it has not yet.
   */
  OptionalLong acknowledgedNanos(String user, long afterNanos) {
    return all()
        .filter(Attempt::isAcknowledged)
        .filter(attempt -> attempt.user().equals(user) && attempt.endedNanos() - afterNanos > 0)
        .mapToLong(Attempt::endedNanos)
        .min();
  }

  /** What senders saw other than an acknowledgement, and how often. */
  static Map<String, Integer> errors(Stream<Attempt> attempts, Predicate<Attempt> which) {
    Map<String, Integer> errors = new TreeMap<>();
    attempts
        .filter(attempt -> !attempt.isAcknowledged() && which.test(attempt))
        .forEach(attempt -> errors.merge(attempt.words(), 1, Integer::sum));
    return errors;
  }
}
