package io.tributary.simulation;

import java.util.function.Consumer;

/** What happened, as a hash: two runs are the same exactly if their hashes are. */
final class Trace {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private final VirtualTime time;
  private final Consumer<String> listener;
  private long hash = FNV_OFFSET;
  private long events;

  /**
   * @param listener shown every event
   */
  Trace(VirtualTime time, Consumer<String> listener) {
    this.time = time;
    this.listener = listener;
  }

  void note(String event) {
    events++;
    mix(time.nowMicros());
    for (int i = 0; i < event.length(); i++) {
      mix(event.charAt(i));
    }
    listener.accept(time.nowMicros() + " " + event);
  }

  long hash() {
    return hash;
  }

  long events() {
    return events;
  }

  private void mix(long value) {
    hash = (hash ^ value) * FNV_PRIME;
  }
}
