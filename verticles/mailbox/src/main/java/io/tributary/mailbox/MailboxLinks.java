package io.tributary.mailbox;

import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.live.LiveBatch;
import io.tributary.codecs.message.Delivery;
import io.tributary.storage.ActionLog;
import io.tributary.storage.OwedMarkers;
import io.tributary.storage.SnapshotStore;

/** What a shard needs of the world outside: storage, other mailboxes, sessions. */
public record MailboxLinks(
    ActionLog log, SnapshotStore snapshots, OwedMarkers owed, Courier courier, LiveSink live) {

  /**
   * For a shard that takes messages in and is read, and sends none: checkers, tools. It replays
   * every mailbox from its beginning.
   */
  public static MailboxLinks withoutOutbox(ActionLog log) {
    return new MailboxLinks(
        log,
        NoSnapshots.INSTANCE,
        NoMarkers.INSTANCE,
        copy -> Single.just(new Carried.Retry("this shard has no outbox")),
        batch -> {});
  }

  /** Carries copies to other mailboxes. */
  public interface Courier {
    /**
     * Delivers the copy through its owner, once however often it is asked to. Lazy. Answers on the
     * shard's thread, within a time of its own.
     *
     * <p>A sender's copies for one recipient are carried one after the other, by rising position,
     * each when the one before is settled: what was written first arrives first. Copies for
     * different recipients don't wait for each other.
     */
    Single<Carried> carry(Delivery copy);
  }

  /** What became of a copy. */
  public sealed interface Carried {
    /** It is in the recipient's log. */
    record Delivered() implements Carried {}

    /** The recipient does not exist any more. */
    record Failed(String reason) implements Carried {}

    /** Not known to be delivered: carry it again later. */
    record Retry(String reason) implements Carried {}
  }

  /** Tells the user's sessions. */
  public interface LiveSink {
    /**
     * Called on the shard's thread after the commit, before callers are answered. Must not throw.
     */
    void committed(LiveBatch batch);
  }
}
