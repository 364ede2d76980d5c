package io.tributary.loadtests.drill;

import java.util.List;
import java.util.function.Supplier;

/** What is done to a running installation under load. */
interface Harm {
  /**
   * Does it, undoes it, and returns when all is as it was.
   *
   * @return what came of it, asked for when all senders have come to an end
   */
  Supplier<List<Claim>> happen(Stage stage) throws Exception;
}
