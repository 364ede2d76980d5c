package io.tributary.store;

/**
 * How much goes together. Per region.
 *
 * @param flightsMax requests under way at once
 * @param batch the most that goes in one request
 * @param queue the most that waits for a request to come back; more is refused
 */
public record GroupLimits(int flightsMax, Amount batch, Amount queue) {

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

  /** Two, so that one is on its way while the other is synced. */
  public static final GroupLimits DEFAULT =
      new GroupLimits(2, new Amount(128, 4L << 20), new Amount(4_096, 64L << 20));

  public GroupLimits {
    if (flightsMax < 1) {
      throw new IllegalArgumentException("flightsMax must be at least 1, was " + flightsMax);
    }
    if (batch.appends() > BATCH_APPENDS_MAX) {
      throw new IllegalArgumentException("at most 256 in a batch, not " + batch.appends());
    }
  }
}
