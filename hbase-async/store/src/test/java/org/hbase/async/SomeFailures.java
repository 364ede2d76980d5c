package org.hbase.async;

import org.jspecify.annotations.NullUnmarked;

/** asynchbase's failures, whose constructors aren't public. */
@NullUnmarked
public final class SomeFailures {

  private SomeFailures() {}

  public static HBaseException connectionReset() {
    return new ConnectionResetException(null);
  }

  public static HBaseException tooManyAttempts() {
    return new NonRecoverableException("Too many attempts");
  }

  public static HBaseException notServing() {
    return new NotServingRegionException("moved", null);
  }

  public static HBaseException throttled() {
    return new PleaseThrottleException("wait", null, null, null);
  }

  public static HBaseException tableNotFound() {
    return new TableNotFoundException();
  }
}
