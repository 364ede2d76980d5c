package io.tributary.mailbox;

import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.tributary.codecs.live.LiveBatch;
import io.tributary.storage.ActionLog;
import io.tributary.storage.StorageUnavailableException;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the mailboxes of one shard share, and how much of it is in use. */
final class ShardResources {
  private static final Logger LOG = LoggerFactory.getLogger(ShardResources.class);
  private static final int CARRIES_MAX = 512;

  private final MailboxLinks links;
  private final MailboxEnvironment environment;
  private final MailboxLimits limits;
  private final MailboxObserver observer;
  private final Slots loads;
  private final Slots carries = new Slots(CARRIES_MAX);
  private final RecentEntries recent;
  private final Clearing clearing = new Clearing(this);
  private final Snapshotting snapshots = new Snapshotting(this);
  private int deliveries;
  private long pendingBytes;
  private int inDoubt;
  private @Nullable Thread owner;

  ShardResources(
      MailboxLinks links,
      MailboxEnvironment environment,
      MailboxLimits limits,
      MailboxObserver observer) {
    this.links = links;
    this.environment = environment;
    this.limits = limits;
    this.observer = observer;
    this.loads = new Slots(limits.shard().loadsMax());
    this.recent = new RecentEntries(this, limits.shard().cacheBytesMax() / 2);
  }

  /** Refuses any thread but the first that came. */
  void confine() {
    Thread current = Thread.currentThread();
    if (owner == null) {
      owner = current;
    }
    if (owner != current) {
      throw new IllegalStateException("a shard belongs to one thread, here called on another");
    }
  }

  MailboxLinks links() {
    return links;
  }

  ActionLog log() {
    return links.log();
  }

  /** Copies on their way. */
  Slots carries() {
    return carries;
  }

  RecentEntries recent() {
    return recent;
  }

  Clearing clearing() {
    return clearing;
  }

  Snapshotting snapshots() {
    return snapshots;
  }

  MailboxEnvironment environment() {
    return environment;
  }

  MailboxLimits limits() {
    return limits;
  }

  MailboxObserver observer() {
    return observer;
  }

  Slots loads() {
    return loads;
  }

  /** What fails there is not the mailbox's business. */
  void tellSessions(LiveBatch batch) {
    try {
      links.live().committed(batch);
    } catch (RuntimeException e) {
      LOG.error("event=mailbox.live_failed user={}", batch.user(), e);
    }
  }

  /** Signals an error where the storage does not answer in time. */
  <T> Single<T> untilDeadline(Single<T> call) {
    return call.timeout(
        limits.deadline().toMillis(),
        TimeUnit.MILLISECONDS,
        environment.scheduler(),
        Single.error(() -> StorageUnavailableException.notApplied("no answer in time")));
  }

  /** Runs it when who comes now has waited as long as anybody waits. */
  Disposable atDeadline(Runnable then) {
    return environment
        .scheduler()
        .scheduleDirect(then, limits.deadline().toMillis(), TimeUnit.MILLISECONDS);
  }

  Instant now() {
    return environment.clock().instant();
  }

  long nowMillis() {
    return environment.clock().millis();
  }

  boolean hasRoomFor(Pending<?> pending) {
    return pendingBytes + pending.bytesMax() <= limits.shard().pendingBytesMax();
  }

  void enter(Pending<?> pending) {
    pendingBytes += pending.bytesMax();
    observer.queueDepth(++deliveries);
  }

  void leave(Pending<?> pending) {
    pendingBytes -= pending.bytesMax();
    observer.queueDepth(--deliveries);
  }

  void enterDoubt() {
    observer.inDoubt(++inDoubt);
  }

  void leaveDoubt() {
    observer.inDoubt(--inDoubt);
  }
}
