package io.tributary.mailbox;

import io.tributary.codecs.log.EntryCodec;
import io.tributary.mailbox.DeliverOutcome.Retry;
import io.tributary.storage.FrozenEntry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The deliveries of one mailbox that have no outcome yet: those that wait, in order, and those that
 * were taken into the unresolved entry. Bounded by count and bytes.
 */
final class DeliveryQueue {
  private final ShardResources shared;
  private final Answers answers;
  private final Deque<Pending> waiting = new ArrayDeque<>();
  private int count;
  private long bytes;

  DeliveryQueue(ShardResources shared, Answers answers) {
    this.shared = shared;
    this.answers = answers;
  }

  boolean hasWaiting() {
    return !waiting.isEmpty();
  }

  /** Of those that wait, in order; removing one takes it into the entry that is being made. */
  Iterator<Pending> waiting() {
    return waiting.iterator();
  }

  /** Why there is no room for it. */
  Optional<DeliverOutcome> refusal(Pending next) {
    if (EntryCodec.HEADER_BYTES + next.bytesMax() > FrozenEntry.BYTES_MAX) {
      return Optional.of(new Retry("message too large"));
    }
    MailboxLimits.Queue limits = shared.limits().queue();
    boolean tooManyBytes = count > 0 && bytes + next.bytesMax() > limits.bytesMax();
    if (count >= limits.deliveriesMax() || tooManyBytes) {
      return Optional.of(new Retry("mailbox busy"));
    }
    return shared.hasRoomFor(next) ? Optional.empty() : Optional.of(new Retry("server busy"));
  }

  void add(Pending next) {
    count++;
    bytes += next.bytesMax();
    shared.enter(next);
    waiting.addLast(next);
  }

  /** Puts back what an entry had taken, before all others, but for callers that have gone. */
  void putBack(List<Pending> taken) {
    for (int last = taken.size() - 1; last >= 0; last--) {
      Pending pending = taken.get(last);
      if (pending.answered()) {
        leave(pending);
      } else {
        waiting.addFirst(pending);
      }
    }
  }

  /** Answers its caller, unless that is done, and is done with one that waits no more. */
  void settle(Pending taken, DeliverOutcome outcome) {
    leave(taken);
    answer(taken, outcome);
  }

  void settleWaiting(DeliverOutcome outcome) {
    for (Pending next = waiting.pollFirst(); next != null; next = waiting.pollFirst()) {
      settle(next, outcome);
    }
  }

  /** Its caller waits no longer. What was taken into an entry stays there. */
  void expire(Pending pending) {
    Retry outcome = new Retry("storage did not answer in time");
    if (waiting.remove(pending)) {
      settle(pending, outcome);
    } else {
      answer(pending, outcome);
    }
  }

  void answer(Pending pending, DeliverOutcome outcome) {
    if (!pending.answered()) {
      pending.markAnswered();
      shared.observer().delivered(outcome);
      answers.hold(() -> pending.tell(outcome));
    }
  }

  private void leave(Pending pending) {
    count--;
    bytes -= pending.bytesMax();
    shared.leave(pending);
  }
}
