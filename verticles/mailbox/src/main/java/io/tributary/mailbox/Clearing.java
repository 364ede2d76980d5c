package io.tributary.mailbox;

import io.reactivex.rxjava3.disposables.Disposable;
import io.tributary.storage.LogId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes markers of mailboxes that owe nothing, some seconds after they came to rest, so that who
 * goes on writing pays for no removals. A removal that fails leaves a marker that a scan finds.
 * Never wrong, however late: see {@link Marking}.
 */
final class Clearing {
  private static final Logger LOG = LoggerFactory.getLogger(Clearing.class);
  private static final Duration IDLE = Duration.ofSeconds(5);
  private static final int WAITING_MAX = 16_384;

  private final ShardResources shared;

  /** In the order of their time. */
  private final Map<LogId, Due> waiting = new LinkedHashMap<>();

  private boolean timerRuns;

  private record Due(long entry, long atMillis) {}

  Clearing(ShardResources shared) {
    this.shared = shared;
  }

  /** As of that entry nothing is owed. */
  void later(LogId log, long entry) {
    waiting.remove(log);
    waiting.put(log, new Due(entry, shared.nowMillis() + IDLE.toMillis()));
    if (waiting.size() > WAITING_MAX) {
      clearOldest();
    }
    startTimer(IDLE.toMillis());
  }

  /** It will owe something again: the marker may as well stay. */
  void forget(LogId log) {
    waiting.remove(log);
  }

  /** Somebody saw the marker, and so the mailbox was read. */
  void looked(Readiness readiness) {
    if (readiness instanceof Readiness.Ready ready && ready.state().outstanding().isEmpty()) {
      now(ready.state().log(), ready.state().entry());
    }
  }

  /** As of that entry nothing is owed, and the marker is seen to stand. */
  void now(LogId log, long entry) {
    waiting.remove(log);
    Disposable unused =
        shared
            .links()
            .owed()
            .clear(log, entry)
            .subscribe(
                () -> {},
                cause ->
                    LOG.info(
                        "event=mailbox.marker_stays user={} reason=\"{}\"",
                        log.user(),
                        cause.getMessage()));
  }

  private void startTimer(long millis) {
    if (!timerRuns && !waiting.isEmpty()) {
      timerRuns = true;
      Disposable unused =
          shared
              .environment()
              .scheduler()
              .scheduleDirect(this::clearDue, Math.max(millis, 1), TimeUnit.MILLISECONDS);
    }
  }

  private void clearDue() {
    timerRuns = false;
    long now = shared.nowMillis();
    while (!waiting.isEmpty() && oldest().getValue().atMillis <= now) {
      clearOldest();
    }
    if (!waiting.isEmpty()) {
      startTimer(oldest().getValue().atMillis - now);
    }
  }

  private void clearOldest() {
    Map.Entry<LogId, Due> oldest = oldest();
    now(oldest.getKey(), oldest.getValue().entry);
  }

  private Map.Entry<LogId, Due> oldest() {
    return waiting.entrySet().iterator().next();
  }
}
