package io.tributary.loadtests.drill;

import io.tributary.loadtests.Await;
import io.tributary.loadtests.Installation;
import io.tributary.loadtests.api.Target;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Where a drill takes place.
 *
 * @param before the time under load before anything was done
 */
record Stage(
    Installation installation,
    Processes processes,
    Cast cast,
    Load load,
    Span before,
    Limits limits) {
  private static final Duration SERVED_MAX = Duration.ofSeconds(90);

  /** The nodes, and who is served by which. */
  record Cast(
      List<Target.Node> nodes, List<Person> people, Locator locator, Optional<Guest> visitor) {

    /** The guest of a drill that asked for one. */
    Guest guest() {
      return visitor.orElseThrow();
    }

    List<Person> servedBy(String node) {
      return people.stream().filter(person -> person.node().equals(node)).toList();
    }

    List<String> usersOf(String cell) {
      return people.stream()
          .filter(person -> person.cell().equals(cell))
          .map(Person::name)
          .toList();
    }

    Target.Node node(String name) {
      return nodes().stream().filter(node -> node.name().equals(name)).findFirst().orElseThrow();
    }

    List<Target.Node> nodesOf(String cell) {
      return nodes().stream().filter(node -> node.cell().equals(cell)).toList();
    }

    /** Another node of the same cell. */
    Target.Node peerOf(Target.Node node) {
      return nodesOf(node.cell()).stream()
          .filter(other -> !other.equals(node))
          .findFirst()
          .orElseThrow();
    }
  }

  /**
   * What is promised.
   *
   * @param session a node that is silent for so long counts as gone
   * @param grace after that its users are served by others
   * @param harm how long an engine is kept away
   */
  record Limits(Duration session, Duration grace, Duration harm) {
    Duration takeover() {
      return session.plus(grace);
    }
  }

  Book book() {
    return load.book();
  }

  /** From now until each of these users' mailboxes has acknowledged something, in milliseconds. */
  double servedAfterMillis(Collection<Person> people, long sinceNanos) {
    Await.until(
        SERVED_MAX,
        () ->
            people.stream()
                .allMatch(
                    person -> book().acknowledgedNanos(person.name(), sinceNanos).isPresent()));
    return people.stream()
                .mapToLong(
                    person -> book().acknowledgedNanos(person.name(), sinceNanos).orElseThrow())
                .max()
                .orElse(sinceNanos)
            / 1e6
        - sinceNanos / 1e6;
  }

  /** Lets the load go on for a while. */
  static void watch(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
