package io.tributary.mailbox;

import io.reactivex.rxjava3.core.Maybe;
import io.tributary.storage.LogId;
import io.tributary.storage.Snapshot;
import io.tributary.storage.StoredEntry;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the state from which the rest of a log is to be folded, where that is quicker than from its
 * beginning.
 */
final class Restoring {
  private static final Logger LOG = LoggerFactory.getLogger(Restoring.class);

  /** A page that costs so much less than what may be replayed is a short log's. */
  private static final int PAGE_PART = 8;

  private final ShardResources shared;

  Restoring(ShardResources shared) {
    this.shared = shared;
  }

  /**
   * Whether that is a log's first page, and the log may go on behind it for so long that there is a
   * snapshot.
   */
  boolean isWorthIt(List<StoredEntry> page) {
    Tail tail = new Tail();
    page.forEach(entry -> tail.add(entry.bytes().length()));
    boolean first = page.stream().anyMatch(entry -> entry.number() == 1);
    return first && tail.cost() >= shared.limits().replayCostMax() / PAGE_PART;
  }

  /** The newest one that can be read; empty if there is none, or storage doesn't answer. */
  Maybe<MailboxState> newest(LogId log) {
    return shared
        .links()
        .snapshots()
        .newestFirst(log)
        .concatMapMaybe(Restoring::decoded, 1)
        .firstElement()
        .onErrorResumeNext(
            cause -> {
              LOG.info(
                  "event=mailbox.no_snapshot user={} reason=\"{}\"",
                  log.user(),
                  ReadFailure.reason(log, cause));
              return Maybe.empty();
            });
  }

  private static Maybe<MailboxState> decoded(Snapshot snapshot) {
    try {
      return Maybe.just(SnapshotCodec.decode(snapshot));
    } catch (UnusableSnapshotException e) {
      LOG.warn(
          "event=mailbox.snapshot_unusable user={} entry={} reason=\"{}\"",
          snapshot.log().user(),
          snapshot.entry(),
          e.getMessage());
      return Maybe.empty();
    }
  }
}
