package io.tributary.server.api;

import io.tributary.codecs.message.Position;
import io.tributary.v1.WatchResponse;
import java.util.Optional;

/** Where a watch writes to. Called on its event loop. */
public interface WatchOut {
  /**
   * Writes one event.
   *
   * @param reached everything up to here was written; empty if there is more behind it to come
   */
  void write(WatchResponse event, Optional<Position> reached);

  /** Whether it takes more now. */
  boolean ready();

  /** What to run when it is ready again. Called once, before the first event. */
  void whenReady(Runnable resume);
}
