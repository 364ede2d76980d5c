package io.tributary.simulation;

import io.tributary.codecs.message.Position;
import java.util.Optional;

/** A device's connection to a node. */
interface DeviceLink {
  /**
   * Once.
   *
   * @param since everything behind it is to be told; absent: what happens from now on
   */
  void open(Optional<Position> since);

  /** Sends, as soon as the device was welcomed. */
  void say(Note note);

  /** Each end hears of it in its own time. */
  void breakDown();
}
