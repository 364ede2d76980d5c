package io.tributary.loadtests.drill;

import java.time.Duration;

/** An engine that dies by SIGKILL and stays away for a while. */
final class Away {
  private Away() {}

  /** Something that is done in the middle of it. */
  interface Meanwhile {
    void happens() throws Exception;
  }

  /**
   * Returns when it is let come back, which may take it a while.
   *
   * @return from the kill until it was let come back
   */
  static Span of(Stage stage, String process, Meanwhile meanwhile) throws Exception {
    long killed = System.nanoTime();
    stage.processes().killAndHold(process);
    Duration half = stage.limits().harm().dividedBy(2);
    Stage.watch(half);
    meanwhile.happens();
    Stage.watch(half);
    Span away = new Span(killed, System.nanoTime());
    stage.processes().resume(process);
    return away;
  }
}
