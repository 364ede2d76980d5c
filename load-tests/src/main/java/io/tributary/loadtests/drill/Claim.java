package io.tributary.loadtests.drill;

/**
 * Something that a drill shows.
 *
 * @param text what it is, with the figures
 * @param holds if not, the drill fails
 */
record Claim(String text, boolean holds) {
  /** A figure that nothing depends on. */
  static Claim said(String text, Object... figures) {
    return new Claim(text.formatted(figures), true);
  }

  /** What must hold. */
  static Claim that(boolean holds, String text, Object... figures) {
    return new Claim(text.formatted(figures), holds);
  }
}
