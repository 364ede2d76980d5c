package io.tributary.simulation;

/**
 * The steps of nodes between which they may be killed: before a request leaves, when it has been
 * carried out, when its answer comes and when the answer was taken in.
 */
final class Boundaries {
  private static final long DOWN_MICROS_MAX = 5 * VirtualTime.SECOND;

  private final World world;
  private final long strikeAt;
  private long crossed;
  private boolean closed;

  /**
   * @param strikeAt kills the node that crosses the boundary with this number, counted from 1; 0:
   *     none
   */
  Boundaries(World world, long strikeAt) {
    this.world = world;
    this.strikeAt = strikeAt;
  }

  long crossed() {
    return crossed;
  }

  /** Nobody is killed any more. */
  void close() {
    closed = true;
  }

  /**
   * The process comes to a boundary. Whoever goes on asks first whether it still lives.
   *
   * @param life of a node; others are not killed
   */
  void cross(Life life, String what) {
    if (closed || life.ended()) {
      return;
    }
    for (SimulatedNode node : world.nodes()) {
      if (node.life() == life) {
        crossed++;
        if (crossed == strikeAt || world.weather().crashesHere()) {
          world.trace().note("killed at " + what);
          node.crash(world.chance().between(VirtualTime.MILLISECOND, DOWN_MICROS_MAX));
        }
        return;
      }
    }
  }
}
