package io.tributary.storage;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;

/**
 * Snapshots of mailboxes: two of each are kept, so that one that turns out to be of no use doesn't
 * cost a replay from the beginning. Nothing depends on them but time: what is lost here is made
 * anew from the log.
 *
 * <p>Of two snapshots the one of the later generation is newer, then the one that covers more
 * entries, whatever the order in which they were written: a paused former owner that goes on
 * writing takes nothing away.
 *
 * <p>All signal {@link StorageUnavailableException}; a write that signalled it may have happened in
 * part, and may be repeated.
 */
public interface SnapshotStore {
  /**
   * Keeps it beside the newest other one of its mailbox. One that is older than both that are kept
   * is dropped. Not atomic, but never seen before it is whole.
   */
  Completable put(Snapshot snapshot);

  /**
   * What is kept of that log, whole, newest first, at most two. Each is read when it is asked for.
   * One that is damaged is left out.
   */
  Flowable<Snapshot> newestFirst(LogId log);
}
