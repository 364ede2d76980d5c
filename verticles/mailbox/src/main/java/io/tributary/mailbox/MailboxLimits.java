package io.tributary.mailbox;

import java.time.Duration;

/**
 * What one shard may use.
 *
 * @param deadline after which a caller is told to try again, whatever goes on behind it
 * @param replayCostMax a snapshot is written when it costs more than this to replay what came since
 *     the last one, and more than to write the snapshot; in bytes of the log, where an entry costs
 *     1 KiB beside its own
 */
public record MailboxLimits(Duration deadline, Queue queue, Shard shard, long replayCostMax) {
  private static final long REPLAY_COST_MAX = 256 * 1024;

  public static final MailboxLimits DEFAULT =
      of(new Queue(1_000, 16L * 1024 * 1024), 64L * 1024 * 1024);

  /** The defaults but for what an operator sets. */
  public static MailboxLimits of(Queue queue, long cacheBytesMax) {
    return new MailboxLimits(
        Duration.ofSeconds(10),
        queue,
        new Shard(4_096, 128L * 1024 * 1024, 64, cacheBytesMax, 4_096),
        REPLAY_COST_MAX);
  }

  /**
   * For each mailbox.
   *
   * @param deliveriesMax that wait or are in an unresolved entry
   * @param bytesMax of those, together; one delivery may exceed it alone
   */
  public record Queue(int deliveriesMax, long bytesMax) {
    public Queue {
      if (deliveriesMax < 1 || bytesMax < 1) {
        throw new IllegalArgumentException("limits must be at least 1");
      }
    }
  }

  /**
   * For all mailboxes of the shard together.
   *
   * @param activeMax mailboxes with work
   * @param pendingBytesMax of deliveries that wait or are in an unresolved entry
   * @param loadsMax mailboxes read forward at once; others wait
   * @param cacheBytesMax of the states of mailboxes without work, and half as much of entries that
   *     were written or read lately; 0 keeps none
   * @param readsMax reads that wait or are going on
   */
  public record Shard(
      int activeMax, long pendingBytesMax, int loadsMax, long cacheBytesMax, int readsMax) {
    public Shard {
      if (activeMax < 1 || pendingBytesMax < 1 || loadsMax < 1 || readsMax < 1) {
        throw new IllegalArgumentException("limits must be at least 1");
      }
      if (cacheBytesMax < 0) {
        throw new IllegalArgumentException("cache size must not be negative");
      }
    }
  }
}
