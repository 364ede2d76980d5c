package io.tributary.mailbox;

import io.reactivex.rxjava3.disposables.Disposable;
import java.util.function.Consumer;

/**
 * Sees to it that a mailbox that owes something is marked in the {@code owed} table, where whoever
 * takes the mailbox over finds it.
 *
 * <p>Why work never stands without its marker, whoever else takes themselves for the owner. Let
 * entry n make the mailbox owe something while the state before it owes nothing. Its marker, with
 * number n, is confirmed before n is offered; if n is taken by another writer, what it held is
 * decided again, marked again with its new number. A removal carries the number m of an entry after
 * which nothing is owed, by whoever folded the log up to m. If m &lt; n, the marker is newer and
 * stays, however late the removal arrives. If m ≥ n, whoever removes has folded n and all
 * settlements of what it made: there is no work. While the state owes something no new marker is
 * needed: that which stands for it can only be removed with the number of a later settlement, and
 * of two entries at one number only one stands: an entry decided on a state that owes is refused
 * when that settlement was written first.
 *
 * <p>So a removal may be late, and done by anyone. A marker may stay though nothing is owed: where
 * an entry was marked and never made. The log's next entries take it away.
 */
final class Marking {
  private final ShardResources shared;
  private final MailboxState committed;
  private final Consumer<Runnable> change;

  /** Highest number that is known to be marked by this mailbox's present life. */
  private long marked;

  private boolean goingOn;

  Marking(ShardResources shared, MailboxState committed, Consumer<Runnable> change) {
    this.shared = shared;
    this.committed = committed;
    this.change = change;
  }

  boolean isGoingOn() {
    return goingOn;
  }

  /** Whether the next entry must be marked before it may make the mailbox owe something. */
  boolean isNeeded() {
    return committed.outstanding().isEmpty() && marked != committed.entry() + 1;
  }

  /** Whether a marker of ours may stand. */
  boolean mayStand() {
    return marked > 0;
  }

  /**
   * @param failed told why it could not be marked
   */
  void begin(Consumer<String> failed) {
    long number = committed.entry() + 1;
    goingOn = true;
    Disposable unused =
        shared
            .links()
            .owed()
            .mark(committed.log(), number)
            .subscribe(
                () -> change.accept(() -> marked(number)),
                cause -> change.accept(() -> failed(cause, failed)));
  }

  private void marked(long number) {
    goingOn = false;
    marked = number;
  }

  private void failed(Throwable cause, Consumer<String> failed) {
    goingOn = false;
    failed.accept(ReadFailure.reason(committed.log(), cause));
  }
}
