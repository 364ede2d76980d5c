package io.tributary.store;

import io.tributary.storage.FrozenEntry;
import io.tributary.storage.LogId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The newest entry of each log that was appended here, for the logs appended to of late. Who goes
 * on from there meets nobody, most likely; who doesn't may be refused, and so would be all that
 * went with it. Used within turns.
 */
class LogHeads {

  private static final int LOGS_MAX = 65_536;

  private final int logsMax;
  private final Map<LogId, Long> heads = new LinkedHashMap<>(16, 0.75f, true);

  LogHeads() {
    this(LOGS_MAX);
  }

  LogHeads(int logsMax) {
    this.logsMax = logsMax;
  }

  boolean continues(FrozenEntry entry) {
    Long head = heads.get(entry.log());
    return head != null && head == entry.number() - 1;
  }

  void stands(FrozenEntry entry) {
    heads.put(entry.log(), entry.number());
    if (heads.size() > logsMax) {
      heads.remove(heads.keySet().iterator().next());
    }
  }

  /** Somebody else may write there, or an offer of ours may land late. */
  void forget(LogId log) {
    heads.remove(log);
  }
}
