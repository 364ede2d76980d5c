package io.tributary.store;

import com.stumbleupon.async.DeferredGroupException;
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
   * Anything that isn't known to mean "not applied" is an unknown outcome, what asynchbase throws
   * by mistake included. Only an argument that is refused is our own error, and stays one.
   */
  static Throwable of(Throwable failure) {
    if (failure instanceof DeferredGroupException group && group.getCause() != null) {
      return of(group.getCause());
    }
    if (failure instanceof StorageUnavailableException
        || failure instanceof IllegalArgumentException) {
      return failure;
    }
    return NOT_APPLIED.stream().anyMatch(kind -> kind.isInstance(failure))
        ? StorageUnavailableException.notApplied(reason(failure))
        : StorageUnavailableException.outcomeUnknown(reason(failure));
  }

  /** The kind, without the message: that one holds row keys and values. */
  private static String reason(Throwable failure) {
    return failure.getClass().getSimpleName();
  }
}
