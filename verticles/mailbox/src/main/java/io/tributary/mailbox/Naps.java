package io.tributary.mailbox;

import io.reactivex.rxjava3.disposables.Disposable;
import io.tributary.storage.LogId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Mailboxes whose outboxes wait to carry again, so that they need not be held meanwhile. Bounded:
 * those that don't fit are found by their markers.
 */
final class Naps {
  private static final int MAX = 65_536;

  private final ShardResources shared;
  private final Consumer<LogId> wake;
  private final Map<LogId, Napping> napping = new HashMap<>();

  private record Napping(Outbox.Nap nap, Disposable timer) {}

  Naps(ShardResources shared, Consumer<LogId> wake) {
    this.shared = shared;
    this.wake = wake;
  }

  void begin(LogId id, Outbox.Nap nap) {
    Optional<Outbox.Nap> unused = end(id);
    if (napping.size() < MAX) {
      long millis = Math.max(nap.dueMillis() - shared.nowMillis(), 1);
      Disposable timer =
          shared
              .environment()
              .scheduler()
              .scheduleDirect(() -> wake.accept(id), millis, TimeUnit.MILLISECONDS);
      napping.put(id, new Napping(nap, timer));
    }
  }

  /** It is at work again. */
  Optional<Outbox.Nap> end(LogId id) {
    Napping ended = napping.remove(id);
    if (ended == null) {
      return Optional.empty();
    }
    ended.timer.dispose();
    return Optional.of(ended.nap);
  }
}
