package io.tributary.simulation;

import java.util.List;

/**
 * A planted bug: production sources with small textual replacements.
 *
 * @param bug what is wrong with it
 */
record Mutant(String bug, List<Edit> edits) {
  Mutant {
    edits = List.copyOf(edits);
  }

  /**
   * One replacement.
   *
   * @param source from the project's folder on
   * @param original stands there exactly once, white space aside
   */
  record Edit(String source, String original, String replacement) {}

  @Override
  public String toString() {
    return bug;
  }
}
