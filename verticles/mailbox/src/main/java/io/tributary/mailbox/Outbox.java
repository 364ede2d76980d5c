package io.tributary.mailbox;

import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.log.Action.Settlement;
import io.tributary.codecs.message.Position;
import io.tributary.codecs.message.RecipientState.State;
import io.tributary.mailbox.MailboxLinks.Carried;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Carries what committed state owes to other mailboxes here, each copy until it is settled. What
 * has to leave by mail or SMS is not its business: it stays owed.
 *
 * <p>Copies for one recipient go one after the other, as they were sent; those for different
 * recipients don't wait for each other.
 *
 * <p>A copy is carried at least once and taken by its recipient once. That it was carried is
 * recorded with whatever else is to be recorded, or alone a moment later.
 */
final class Outbox {
  private static final int CARRIES_MAX = 16;
  private static final int SETTLEMENTS_MAX = 500;
  private static final Duration SETTLE_AFTER = Duration.ofMillis(50);
  private static final Duration CARRY_TIME_MAX = Duration.ofSeconds(30);

  private final ShardResources shared;
  private final MailboxState committed;
  private final Consumer<Runnable> change;
  private final Deque<Copy> ready = new ArrayDeque<>();

  /** What is to be carried to each recipient, in order; only the first of each is on its way. */
  private final Map<UserId, Deque<Copy>> lanes = new HashMap<>();

  private final PriorityQueue<Waiting> waiting =
      new PriorityQueue<>(Comparator.comparingLong(Waiting::dueMillis));
  private final List<Settlement> settling = new ArrayList<>();
  private Optional<Nap> nap;
  private Position seen = Position.START;
  private int carrying;
  private boolean settlementsDue;
  private boolean ended;
  private Disposable settleTimer = Disposable.disposed();
  private Disposable retryTimer = Disposable.disposed();

  /** One recipient's copy of a message, and how often it was carried in vain. */
  private record Copy(Position message, int recipient, UserId user, int attempts) {
    Copy again() {
      return new Copy(message, recipient, user, attempts + 1);
    }
  }

  private record Waiting(long dueMillis, Copy copy) {}

  /**
   * When an outbox that rests is to go on.
   *
   * @param attempts made in vain
   */
  record Nap(long dueMillis, int attempts) {}

  /**
   * @param change runs what answers and timers bring
   * @param nap that it wakes from; what is owed already waits until its end
   */
  Outbox(
      ShardResources shared, MailboxState committed, Consumer<Runnable> change, Optional<Nap> nap) {
    this.shared = shared;
    this.committed = committed;
    this.change = change;
    this.nap = nap;
  }

  /** Whether it does nothing now but wait to carry again. */
  boolean isQuiet() {
    return ready.isEmpty() && carrying == 0 && settling.isEmpty();
  }

  boolean isCarrying() {
    return carrying > 0;
  }

  /** When to go on, if it is put to rest now. */
  Optional<Nap> nap(boolean behind) {
    if (nap.isPresent()) {
      return nap; // it never came to look at what is owed
    }
    if (!waiting.isEmpty()) {
      int attempts = waiting.stream().mapToInt(each -> each.copy.attempts).max().orElse(1);
      return Optional.of(new Nap(waiting.element().dueMillis, attempts));
    }
    boolean unsettled = behind && committed.outstanding().hasLocal();
    return unsettled
        ? Optional.of(new Nap(shared.nowMillis() + backoffMillis(1), 1))
        : Optional.empty();
  }

  /** Its log grows no more: what it owes is carried by who goes on with the mailbox. */
  void end() {
    ended = true;
    close();
    lanes.clear();
    ready.clear();
    waiting.clear();
    settling.clear();
    nap = Optional.empty();
  }

  /** No timer brings anything from now on. */
  void close() {
    settleTimer.dispose();
    retryTimer.dispose();
  }

  /** Looks at what committed state owes now, and begins to carry. */
  void advance() {
    lookAtOwed();
    while (!ready.isEmpty() && carrying < CARRIES_MAX) {
      Copy copy = ready.removeFirst();
      if (committed.outstanding().owesLocally(copy.message, copy.recipient)) {
        carrying++;
        shared.carries().acquire(() -> change.accept(() -> carry(copy)));
      } else {
        next(copy.user);
      }
    }
  }

  private void lookAtOwed() {
    for (Map.Entry<Position, Outstanding.Owed> each :
        committed.outstanding().behind(seen).entrySet()) {
      seen = each.getKey();
      Outstanding.Owed owed = each.getValue();
      owed.local().stream().forEach(recipient -> take(seen, recipient, owed.user(recipient)));
    }
    nap = Optional.empty();
  }

  private void take(Position message, int recipient, UserId user) {
    Copy copy = new Copy(message, recipient, user, nap.map(Nap::attempts).orElse(0));
    Deque<Copy> lane = lanes.computeIfAbsent(user, first -> new ArrayDeque<>(2));
    lane.addLast(copy);
    if (lane.size() > 1) {
      return;
    }
    if (nap.isPresent() && nap.get().dueMillis > shared.nowMillis()) {
      await(new Waiting(nap.get().dueMillis, copy));
    } else {
      ready.addLast(copy);
    }
  }

  /** The first of a recipient's copies is done with: the one behind it may go. */
  private void next(UserId user) {
    Deque<Copy> lane = lanes.getOrDefault(user, new ArrayDeque<>());
    lane.pollFirst();
    if (lane.isEmpty()) {
      lanes.remove(user);
    } else {
      ready.addLast(lane.getFirst());
    }
  }

  private void carry(Copy copy) {
    if (ended) {
      carried(copy, new Carried.Retry("the mailbox goes on elsewhere"));
      return;
    }
    long entry = copy.message.entry();
    Disposable unused =
        Single.defer(() -> shared.recent().entries(committed.log(), List.of(entry)))
            .map(entries -> CopyMaking.make(committed, copy.message, copy.recipient, entries))
            .flatMap(
                delivery ->
                    delivery
                        .map(shared.links().courier()::carry)
                        .orElseGet(() -> Single.just(new Carried.Failed("content destroyed"))))
            .timeout(
                CARRY_TIME_MAX.toMillis(),
                TimeUnit.MILLISECONDS,
                shared.environment().scheduler(),
                Single.just(new Carried.Retry("no answer in time")))
            .onErrorReturn(cause -> new Carried.Retry(ReadFailure.reason(committed.log(), cause)))
            .subscribe(result -> change.accept(() -> carried(copy, result)));
  }

  private void carried(Copy copy, Carried result) {
    carrying--;
    shared.observer().carried(result);
    if (ended) {
      shared.carries().release();
      return;
    }
    if (result instanceof Carried.Retry) {
      Copy again = copy.again();
      await(new Waiting(shared.nowMillis() + backoffMillis(again.attempts), again));
    } else {
      State state = result instanceof Carried.Delivered ? State.DELIVERED : State.FAILED;
      settle(new Settlement(copy.message, copy.recipient, state));
      next(copy.user);
    }
    shared.carries().release();
  }

  private void settle(Settlement settlement) {
    settling.add(settlement);
    if (settling.size() >= SETTLEMENTS_MAX) {
      settlementsDue = true;
    } else if (settleTimer.isDisposed()) {
      settleTimer = later(SETTLE_AFTER.toMillis(), () -> settlementsDue = true);
    }
  }

  /** Whether something settled has waited long enough for company. */
  boolean settlementsDue() {
    return settlementsDue && !settling.isEmpty();
  }

  /** What is to be recorded as settled; it is in the entry that is being made from now on. */
  List<Settlement> takeSettlements() {
    List<Settlement> first = settling.subList(0, Math.min(settling.size(), SETTLEMENTS_MAX));
    List<Settlement> taken =
        first.stream()
            .filter(each -> committed.outstanding().owesLocally(each.message(), each.recipient()))
            .toList();
    first.clear();
    settlementsDue = !settling.isEmpty();
    settleTimer.dispose();
    return taken;
  }

  /** Their entry does not stand. */
  void putBack(List<Settlement> taken) {
    taken.forEach(this::settle);
  }

  private void await(Waiting next) {
    waiting.add(next);
    if (next.equals(waiting.peek())) {
      retryTimer.dispose();
      retryTimer = later(next.dueMillis - shared.nowMillis(), this::takeDue);
    }
  }

  private void takeDue() {
    retryTimer.dispose();
    long now = shared.nowMillis();
    while (!waiting.isEmpty() && waiting.element().dueMillis <= now) {
      ready.addLast(waiting.remove().copy);
    }
    if (!waiting.isEmpty()) {
      retryTimer = later(waiting.element().dueMillis - now, this::takeDue);
    }
  }

  private long backoffMillis(int attempts) {
    return Backoff.outboxMillis(attempts, shared.environment().random());
  }

  private Disposable later(long millis, Runnable then) {
    return shared
        .environment()
        .scheduler()
        .scheduleDirect(() -> change.accept(then), Math.max(millis, 1), TimeUnit.MILLISECONDS);
  }
}
