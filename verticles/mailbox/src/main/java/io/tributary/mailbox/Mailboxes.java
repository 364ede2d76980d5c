package io.tributary.mailbox;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.tributary.codecs.identity.UserId;
import io.tributary.storage.LogId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The mailboxes of a shard: those with work, the states of others in a bounded cache, and when
 * outboxes that rest are to go on. At any time one object changes a mailbox's state.
 */
final class Mailboxes {
  private static final long BUSY_MILLIS = 1_000;

  private final ShardResources shared;
  private final Map<LogId, Mailbox> active = new HashMap<>();
  private final Cache<LogId, Rested> rested;
  private final Naps naps;

  Mailboxes(ShardResources shared) {
    this.shared = shared;
    this.naps = new Naps(shared, this::wakeNow);
    this.rested =
        Caffeine.newBuilder()
            .executor(Runnable::run)
            .maximumWeight(shared.limits().shard().cacheBytesMax())
            .weigher((LogId id, Rested each) -> each.weight())
            .build();
  }

  /** The mailbox at work; empty if there are too many. */
  Optional<Mailbox> activate(LogId id) {
    shared.confine();
    Mailbox working = active.get(id);
    if (working == null && active.size() < shared.limits().shard().activeMax()) {
      Rested found = rested.asMap().remove(id);
      Optional<Outbox.Nap> nap = naps.end(id);
      Rested from =
          found == null
              ? new Rested(new MailboxState(id), true, nap)
              : new Rested(found.committed(), found.behind(), nap);
      working = new Mailbox(shared, from, this::rest);
      active.put(id, working);
    }
    return Optional.ofNullable(working);
  }

  /** Committed state that lacks nothing we know of, without bringing the mailbox to work. */
  @Nullable MailboxState atHand(LogId id) {
    shared.confine();
    Mailbox working = active.get(id);
    if (working != null) {
      return shown(working.committed(), working.behind());
    }
    Rested resting = rested.getIfPresent(id);
    return resting == null ? null : shown(resting.committed(), resting.behind());
  }

  private static @Nullable MailboxState shown(MailboxState committed, boolean behind) {
    return behind || committed.isSealed() ? null : committed;
  }

  /** Of all mailboxes that are in memory. */
  List<MailboxState> states() {
    shared.confine();
    List<MailboxState> states = new ArrayList<>();
    active.values().forEach(mailbox -> states.add(mailbox.committed()));
    rested.asMap().values().forEach(resting -> states.add(resting.committed()));
    return states;
  }

  /** What is in memory of these may be old: it is read again before it is used. */
  void forget(Predicate<UserId> users) {
    shared.confine();
    rested.asMap().keySet().removeIf(log -> users.test(log.user()));
    List.copyOf(active.values()).stream()
        .filter(mailbox -> users.test(mailbox.committed().user()))
        .forEach(Mailbox::distrust);
  }

  private void rest(Mailbox mailbox) {
    LogId id = mailbox.committed().log();
    if (mailbox.resting() && active.remove(id, mailbox)) {
      Rested left = mailbox.retire();
      left.nap().ifPresent(nap -> naps.begin(id, nap));
      if (!left.committed().isEmpty()) {
        rested.put(id, left);
      }
    }
  }

  private void wakeNow(LogId id) {
    Optional<Mailbox> mailbox = activate(id);
    mailbox.ifPresent(each -> each.wake(() -> {}));
    if (mailbox.isEmpty()) {
      naps.begin(id, new Outbox.Nap(shared.nowMillis() + BUSY_MILLIS, 1));
    }
  }

  /**
   * What is left of a mailbox without work.
   *
   * @param behind whether the log may hold more than {@code committed}
   * @param nap until when its outbox waits
   */
  record Rested(MailboxState committed, boolean behind, Optional<Outbox.Nap> nap) {
    int weight() {
      return (int) Math.min(committed.weightBytes(), Integer.MAX_VALUE);
    }
  }
}
