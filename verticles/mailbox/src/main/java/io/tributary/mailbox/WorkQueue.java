package io.tributary.mailbox;

import io.tributary.codecs.log.EntryCodec;
import io.tributary.storage.FrozenEntry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What one mailbox has to do and has no outcome yet: what waits, in order, and what was taken into
 * the unresolved entry. Bounded by count and bytes.
 */
final class WorkQueue {
  private final ShardResources shared;
  private final MailboxState committed;
  private final Answers answers;
  private final Deque<Pending<?>> waiting = new ArrayDeque<>();
  private int count;
  private int owing;
  private long bytes;
  private long runComplete;
  private boolean wantsProof;

  WorkQueue(ShardResources shared, MailboxState committed, Answers answers) {
    this.shared = shared;
    this.committed = committed;
    this.answers = answers;
  }

  boolean hasWaiting() {
    return !waiting.isEmpty();
  }

  /** Whether something in it will make the mailbox owe something. */
  boolean hasOwing() {
    return owing > 0;
  }

  /** Of those that wait, in order; removing one takes it into the entry that is being made. */
  Iterator<Pending<?>> waiting() {
    return waiting.iterator();
  }

  /** Takes it in, or answers it at once. */
  <O> boolean add(Pending<O> next, boolean behind) {
    long now = shared.nowMillis();
    Optional<O> outcome = known(next, behind, now).or(() -> refusal(next).map(next::retry));
    if (outcome.isPresent()) {
      answer(next, outcome.get());
      return false;
    }
    count++;
    owing += next.owing() ? 1 : 0;
    bytes += next.bytesMax();
    shared.enter(next);
    waiting.addLast(next);
    return true;
  }

  /** What is said at once: it stays so, whatever else the log may hold. */
  private <O> Optional<O> known(Pending<O> next, boolean behind, long now) {
    if (!behind && committed.isSealed()) {
      return next.duplicate(committed, now).or(() -> Optional.of(next.notHere()));
    }
    return (behind ? next.duplicate(committed, now) : next.settled(committed, now))
        .filter(next::lasting);
  }

  /** Why there is no room for it. */
  private Optional<String> refusal(Pending<?> next) {
    if (EntryCodec.HEADER_BYTES + next.bytesMax() > FrozenEntry.BYTES_MAX) {
      return Optional.of("message too large");
    }
    MailboxLimits.Queue limits = shared.limits().queue();
    boolean tooManyBytes = count > 0 && bytes + next.bytesMax() > limits.bytesMax();
    if (count >= limits.deliveriesMax() || tooManyBytes) {
      return Optional.of("mailbox busy");
    }
    return shared.hasRoomFor(next) ? Optional.empty() : Optional.of("server busy");
  }

  /** Puts back what an entry had taken, before all others, but for callers that have gone. */
  void putBack(List<Unresolved.Member> taken) {
    for (int last = taken.size() - 1; last >= 0; last--) {
      Pending<?> pending = taken.get(last).pending();
      if (pending.answered()) {
        leave(pending);
      } else {
        waiting.addFirst(pending);
      }
    }
  }

  /** The log was read forward by that run, and all before. */
  void prove(long run) {
    runComplete = run;
    wantsProof = false;
  }

  /** Whether somebody waits for what committed state says until the log was read forward. */
  boolean wantsProof() {
    return wantsProof;
  }

  /**
   * Answers one that waits, if committed state does. True if there is nothing to decide: it is
   * answered, or what is to be said to it must be proved before.
   */
  <O> boolean settleByState(Pending<O> pending, Iterator<Pending<?>> at) {
    Optional<O> outcome = pending.settled(committed, shared.nowMillis());
    outcome.ifPresent(
        known -> {
          if (pending.lasting(known) || pending.provenBy(runComplete)) {
            at.remove();
            settle(pending, known);
          } else {
            wantsProof = true;
          }
        });
    return outcome.isPresent();
  }

  /** Its actions are committed. */
  <O> void stored(Unresolved.Member member, Pending<O> pending) {
    settle(pending, pending.stored(committed, member.position()));
  }

  <O> void retry(Pending<O> pending, String reason) {
    settle(pending, pending.retry(reason));
  }

  /** Answers its caller, unless that is done, and is done with one that waits no more. */
  <O> void settle(Pending<O> taken, O outcome) {
    leave(taken);
    answer(taken, outcome);
  }

  void retryAll(String reason) {
    for (Pending<?> next = waiting.pollFirst(); next != null; next = waiting.pollFirst()) {
      retry(next, reason);
    }
  }

  /** Those that would make the mailbox owe something can't be done now. */
  void retryOwing(String reason) {
    List<Pending<?>> refused = waiting.stream().filter(Pending::owing).toList();
    waiting.removeAll(refused);
    refused.forEach(each -> retry(each, reason));
  }

  void notHere() {
    for (Pending<?> next = waiting.pollFirst(); next != null; next = waiting.pollFirst()) {
      notHere(next);
    }
  }

  private <O> void notHere(Pending<O> pending) {
    settle(pending, pending.notHere());
  }

  /** Its caller waits no longer. What was taken into an entry stays there. */
  <O> void expire(Pending<O> pending) {
    O outcome = pending.retry("storage did not answer in time");
    if (waiting.remove(pending)) {
      settle(pending, outcome);
    } else {
      answer(pending, outcome);
    }
  }

  <O> void answer(Pending<O> pending, O outcome) {
    if (!pending.answered()) {
      pending.markAnswered();
      pending.observe(shared.observer(), outcome);
      answers.hold(() -> pending.tell(outcome));
    }
  }

  private void leave(Pending<?> pending) {
    count--;
    owing -= pending.owing() ? 1 : 0;
    bytes -= pending.bytesMax();
    shared.leave(pending);
  }
}
