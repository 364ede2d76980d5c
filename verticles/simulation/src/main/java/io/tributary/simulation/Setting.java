package io.tributary.simulation;

/**
 * What is chosen of a run; all else follows.
 *
 * @param fair no trouble of its own, and few who do something
 * @param strikeAt kills the node that crosses the boundary with this number; 0: none
 */
record Setting(long seed, boolean fair, long strikeAt) {
  static Setting drawn(long seed) {
    return new Setting(seed, false, 0);
  }
}
