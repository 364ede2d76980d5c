package io.tributary.loadtests.bench;

import java.util.Optional;
import java.util.function.Consumer;

/** One place in a {@link ClosedLoop}: at most one call of it is under way. */
interface Lane {
  /**
   * Begins a call.
   *
   * @param ended to be told once, on any thread: empty if all went well, else what did not
   */
  void call(Consumer<Optional<String>> ended);
}
