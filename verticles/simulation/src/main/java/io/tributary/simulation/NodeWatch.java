package io.tributary.simulation;

import io.tributary.mailbox.MailboxObserver;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one life of a node has open. */
final class NodeWatch {
  /** A read that is open for longer will never be answered. */
  private static final long READ_MICROS_MAX = 60 * VirtualTime.SECOND;

  private final Map<Object, Call> open = new LinkedHashMap<>();
  private final List<ShardWatch> shards = new ArrayList<>();
  private int outrun;

  /** Without an answer. */
  private record Call(String what, boolean changes, long sinceMicros) {
    @Override
    public String toString() {
      return what;
    }
  }

  /**
   * @param changes whether it asks for more than to read
   */
  Object begin(String call, boolean changes, long nowMicros) {
    Object token = new Object();
    open.put(token, new Call(call, changes, nowMicros));
    return token;
  }

  void end(Object token) {
    open.remove(token);
  }

  /** Whether nothing waits and nothing is in doubt. Sessions read again and again. */
  boolean quiet(long nowMicros) {
    return shards.stream().allMatch(ShardWatch::quiet)
        && open.values().stream()
            .noneMatch(call -> call.changes || nowMicros - call.sinceMicros > READ_MICROS_MAX);
  }

  int outrunCount() {
    return outrun;
  }

  /** For one more shard. */
  MailboxObserver newShard() {
    ShardWatch shard = new ShardWatch();
    shards.add(shard);
    return shard;
  }

  /** What one shard has open. */
  private final class ShardWatch implements MailboxObserver {
    private int queueDepth;
    private int inDoubt;

    boolean quiet() {
      return queueDepth == 0 && inDoubt == 0;
    }

    @Override
    public void outrun() {
      outrun++;
    }

    @Override
    public void queueDepth(int deliveries) {
      queueDepth = deliveries;
    }

    @Override
    public void inDoubt(int mailboxes) {
      inDoubt = mailboxes;
    }

    @Override
    public String toString() {
      return "queueDepth=" + queueDepth + " inDoubt=" + inDoubt;
    }
  }

  @Override
  public String toString() {
    return "open=" + open.values() + " shards=" + shards;
  }
}
