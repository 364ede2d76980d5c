package io.tributary.mailbox;

/**
 * What a mailbox has folded since its last snapshot: what who takes it over has to replay. A
 * snapshot is due when that costs as much as to write one, so that snapshots at most double what is
 * written beside {@link #ENTRY_COST} for each entry.
 */
final class Tail {
  /** What reading and folding an entry costs beside its bytes, in bytes. */
  private static final long ENTRY_COST = 1_024;

  private long cost;
  private long snapshotBytes;

  /** An owner who leaves for good spares others smaller replays too. */
  private static final int LEAVING_PART = 4;

  void add(int storedBytes) {
    cost += ENTRY_COST + storedBytes;
  }

  long cost() {
    return cost;
  }

  /**
   * @param costMax what may have to be replayed in any case
   */
  boolean isDue(long costMax) {
    return cost >= costMax && cost >= snapshotBytes;
  }

  /** Whether one is to be written by an owner who leaves. */
  boolean isWorthLeaving(long costMax) {
    return cost >= costMax / LEAVING_PART && snapshotBytes != Long.MAX_VALUE;
  }

  /**
   * There is a snapshot.
   *
   * @param covered what the tail cost when it was taken
   */
  void saved(long covered, long bytes) {
    cost -= covered;
    snapshotBytes = bytes;
  }

  /** A snapshot would be too large: there will be none. */
  void giveUp() {
    snapshotBytes = Long.MAX_VALUE;
  }
}
