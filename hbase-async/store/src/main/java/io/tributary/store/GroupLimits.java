package io.tributary.store;

/**
 * How much goes together. Per region.
 *
 * @param flightsMax requests under way at once
 * @param batch the most that goes in one request
 * @param queue the most that waits for a request to come back; more is refused
 * @param pace how long appends wait for each other
 */
public record GroupLimits(int flightsMax, Amount batch, Amount queue, Pace pace) {

  /**
   * While so many appends arrive within so long, they wait that long for each other. HBase answers
   * in less time than that, so that most would go alone, at a multiple of the cost.
   *
   * @param appends at least 2
   */
  public record Pace(int appends, long millis) {

    public Pace {
      if (appends < 2 || millis < 1) {
        throw new IllegalArgumentException(
            "at least 2 appends and 1 ms, not %d and %d".formatted(appends, millis));
      }
    }
  }

  /** So many appends, and so many bytes of them. */
  public record Amount(int appends, long bytes) {

    public Amount {
      if (appends < 1 || bytes < 1) {
        throw new IllegalArgumentException(
            "at least one append and one byte, not %d and %d".formatted(appends, bytes));
      }
    }
  }

  /** What can be read back at once. */
  static final int BATCH_APPENDS_MAX = 256;

  /**
   * Two requests, so that one is on its way while the other is synced. And 700 appends a second are
   * enough to wait for each other, 3 ms at most.
   */
  public static final GroupLimits DEFAULT =
      new GroupLimits(2, new Amount(128, 4L << 20), new Amount(4_096, 64L << 20), new Pace(2, 3));

  public GroupLimits {
    if (flightsMax < 1) {
      throw new IllegalArgumentException("flightsMax must be at least 1, was " + flightsMax);
    }
    if (batch.appends() > BATCH_APPENDS_MAX) {
      throw new IllegalArgumentException("at most 256 in a batch, not " + batch.appends());
    }
  }
}
