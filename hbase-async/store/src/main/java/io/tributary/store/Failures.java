package io.tributary.store;

import io.tributary.storage.StorageUnavailableException;
import java.util.List;
import org.hbase.async.BrokenMetaException;
import org.hbase.async.CallQueueTooBigException;
import org.hbase.async.HBaseException;
import org.hbase.async.NotServingRegionException;
import org.hbase.async.PleaseThrottleException;
import org.hbase.async.RegionOfflineException;
import org.hbase.async.RegionOpeningException;
import org.hbase.async.TableNotFoundException;

/** What asynchbase's failures mean for a write. */
final class Failures {

  /** The server says that it did nothing, or the request never left. */
  private static final List<Class<? extends HBaseException>> NOT_APPLIED =
      List.of(
          // Moved, stopping, starting, too busy and aborted are kinds of it.
          NotServingRegionException.class,
          RegionOpeningException.class,
          RegionOfflineException.class,
          CallQueueTooBigException.class,
          PleaseThrottleException.class,
          TableNotFoundException.class,
          BrokenMetaException.class);

  private Failures() {}

  /**
   * Anything that isn't known to mean "not applied" is an unknown outcome. What isn't HBase's is a
   * programmer's error and stays as it is.
   */
  static Throwable of(Throwable failure) {
    if (!(failure instanceof HBaseException)) {
      return failure;
    }
    String reason = reason(failure);
    return NOT_APPLIED.stream().anyMatch(kind -> kind.isInstance(failure))
        ? StorageUnavailableException.notApplied(reason)
        : StorageUnavailableException.outcomeUnknown(reason);
  }

  /** The kind, without the message: that one holds row keys and values. */
  private static String reason(Throwable failure) {
    return failure.getClass().getSimpleName();
  }
}
