package io.tributary.simulation;

/**
 * An SMS that somebody sends to a user.
 *
 * @param id its provider's
 * @param from number
 * @param text no two have the same
 */
record ShortMessage(String id, String from, SimulatedUser to, String text) {
  @Override
  public String toString() {
    return text;
  }
}
