package io.tributary.mailbox;

import io.reactivex.rxjava3.core.SingleEmitter;
import io.reactivex.rxjava3.disposables.Disposable;
import io.tributary.codecs.message.Position;
import java.util.Optional;

/**
 * Something that wants actions in the log and waits for its outcome, and its caller, who waits
 * until the deadline.
 *
 * @param <O> what its caller is told
 */
abstract class Pending<O> {
  private final SingleEmitter<O> caller;
  private Disposable deadline = Disposable.disposed();
  private boolean answered;
  private long provingRun;

  Pending(SingleEmitter<O> caller) {
    this.caller = caller;
  }

  /** By what a repetition is known: of two that are equal the second waits for the first. */
  abstract Optional<Object> identity();

  /** At most what it adds to an entry. */
  abstract long bytesMax();

  /** Whether its entry holds nothing else: what it decides bears on what others would decide. */
  abstract boolean alone();

  /** Whether it makes the mailbox owe something, so that its marker has to stand before. */
  abstract boolean owing();

  /** What became of it, if it is committed. True whatever else the log may hold. */
  abstract Optional<O> duplicate(MailboxState committed, long nowMillis);

  /** What committed state alone says of it, if nothing is missing from that. */
  abstract Optional<O> settled(MailboxState committed, long nowMillis);

  /**
   * Whether that stays true whatever else the log may hold. If not, it is said only after the log
   * was read forward: another owner may have written what we know nothing of.
   */
  abstract boolean lasting(O settled);

  /** Adds its actions, at least one. */
  abstract void decide(Decisions decisions);

  /**
   * @param position of its first action, which is committed
   */
  abstract O stored(MailboxState committed, Position position);

  abstract O retry(String reason);

  abstract O notHere();

  abstract void observe(MailboxObserver observer, O outcome);

  /** Its caller may try again; nothing was done. */
  final void refuse(MailboxObserver observer, String reason) {
    O outcome = retry(reason);
    observe(observer, outcome);
    tell(outcome);
  }

  /**
   * @param run of reading forward: the first that begins after it came
   */
  void proveBy(long run) {
    provingRun = run;
  }

  boolean provenBy(long runComplete) {
    return provingRun <= runComplete;
  }

  void expireBy(Disposable timer) {
    deadline = timer;
  }

  boolean answered() {
    return answered;
  }

  /** No more to be answered; the caller hears of it by {@link #tell}. */
  void markAnswered() {
    answered = true;
    deadline.dispose();
  }

  void tell(O outcome) {
    caller.onSuccess(outcome);
  }
}
