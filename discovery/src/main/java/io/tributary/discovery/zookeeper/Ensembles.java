package io.tributary.discovery.zookeeper;

import java.util.function.Function;

/**
 * The ZooKeepers that a process talks to. On one machine they may all be the same.
 *
 * @param own its cell's
 * @param shared the one with the list of cells, the slot table and the pins
 * @param others another cell's, by hosts and perhaps a path; always the same one for the same
 *     words. It need not be connected
 */
public record Ensembles(Znodes own, Znodes shared, Function<String, Znodes> others) {

  /** One for everything. */
  public static Ensembles one(Znodes znodes) {
    return new Ensembles(znodes, znodes, words -> znodes);
  }

  /**
   * A cell's.
   *
   * @param words of its record; empty for the shared one
   */
  Znodes of(String words) {
    return words.isEmpty() ? shared : others.apply(words);
  }
}
