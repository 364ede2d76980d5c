package io.tributary.store;

import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.Disposable;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the server can write rows together. Asked before they are first sent. In turns. */
final class GroupSupport {

  private static final Logger LOG = LoggerFactory.getLogger(GroupSupport.class);
  private static final long ASK_AGAIN_MILLIS = 60_000;
  private static final long RETRY_MILLIS = 1_000;

  private final Rows rows;
  private final Turns turns;
  private final Scheduler clock;
  private boolean isThere;
  private boolean asking;
  private boolean warned;
  private long askAfterMillis = Long.MIN_VALUE;

  GroupSupport(Rows rows, Turns turns, Scheduler clock) {
    this.rows = rows;
    this.turns = turns;
    this.clock = clock;
  }

  /**
   * @param near a row that is about to be written
   */
  boolean isThere(RowKey near) {
    if (!isThere && !asking && nowMillis() >= askAfterMillis) {
      ask(near);
    }
    return isThere;
  }

  private void ask(RowKey near) {
    asking = true;
    Disposable unused =
        rows.canPutAllIfAbsent(near)
            .subscribe(can -> turns.run(() -> answered(can)), failure -> turns.run(this::unheard));
  }

  private void answered(boolean can) {
    asking = false;
    if (can) {
      isThere = true;
      warned = false;
    } else {
      missing();
    }
  }

  private void unheard() {
    asking = false;
    askAfterMillis = nowMillis() + RETRY_MILLIS;
  }

  /** The server said that it can't. */
  void missing() {
    isThere = false;
    askAfterMillis = nowMillis() + ASK_AGAIN_MILLIS;
    if (!warned) {
      warned = true;
      LOG.warn(
          "event=hbase.no_group_commit effect=\"each row is a request of its own\""
              + " remedy=\"HBase 2.5 or newer with MultiRowMutationEndpoint on log and owed\"");
    }
  }

  private long nowMillis() {
    return clock.now(TimeUnit.MILLISECONDS);
  }
}
