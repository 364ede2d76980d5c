package io.tributary.store;

import com.stumbleupon.async.Callback;
import com.stumbleupon.async.Deferred;
import org.hbase.async.NotServingRegionException;
import org.hbase.async.RegionTooBusyException;
import org.hbase.async.UnknownProtocolException;

/** What asynchbase's answers to rows that were offered together mean. */
final class GroupAnswers {

  private GroupAnswers() {}

  /** A region that is too busy stays a failure: others must not be sent there at once. */
  static Deferred<GroupResult> result(Deferred<Boolean> created) {
    Callback<GroupResult, Boolean> written = all -> all ? GroupResult.WRITTEN : GroupResult.REFUSED;
    Callback<Object, Exception> failed =
        failure -> {
          if (failure instanceof UnknownProtocolException) {
            return GroupResult.UNSUPPORTED;
          }
          return isAway(failure) ? GroupResult.SCATTERED : failure;
        };
    return created.addCallbacks(written, failed);
  }

  static Deferred<Boolean> support(Deferred<Boolean> can) {
    Callback<Object, Exception> failed =
        failure -> failure instanceof UnknownProtocolException ? Boolean.FALSE : failure;
    return can.addErrback(failed);
  }

  private static boolean isAway(Exception failure) {
    return failure instanceof NotServingRegionException
        && !(failure instanceof RegionTooBusyException);
  }
}
