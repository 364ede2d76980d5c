package io.tributary.mailbox;

import io.reactivex.rxjava3.disposables.Disposable;
import io.tributary.codecs.identity.Stamp;
import io.tributary.codecs.log.EntryCodec;
import io.tributary.storage.AppendResult;
import io.tributary.storage.StoredEntry;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers one entry at a time to the log, the same frozen entry again and again, until it is known
 * to stand or its number is known to be taken.
 */
final class Offering {
  private static final Logger LOG = LoggerFactory.getLogger(Offering.class);

  /** What became of an entry. */
  interface Outcome {
    /** It stands in the log. */
    void stands(Unresolved entry);

    /** Another writer's entry stands at its number: it never will. */
    void taken(Unresolved entry);
  }

  private final ShardResources shared;
  private final Outcome outcome;
  private final Consumer<Runnable> change;
  private @Nullable Unresolved unresolved;

  /**
   * @param change runs what answers and timers bring
   */
  Offering(ShardResources shared, Outcome outcome, Consumer<Runnable> change) {
    this.shared = shared;
    this.outcome = outcome;
    this.change = change;
  }

  boolean isEmpty() {
    return unresolved == null;
  }

  void begin(Unresolved made) {
    if (unresolved != null) {
      throw new IllegalStateException("at most one entry is unresolved");
    }
    unresolved = made;
    offer(made);
  }

  /** Whether the unresolved entry was this one: read in the log, so it stands and is done. */
  boolean resolvedBy(StoredEntry read) {
    Unresolved own = unresolved;
    if (own == null || own.frozen().number() != read.number()) {
      return false;
    }
    Stamp writer = EntryCodec.stampOf(read.bytes().unsafeArray());
    boolean ours = writer.equals(own.frozen().stamp());
    resolve(own, ours ? new AppendResult.Appended() : new AppendResult.SequenceTaken());
    return ours;
  }

  private void offer(Unresolved offered) {
    offered.countAttempt();
    Disposable unused =
        shared
            .log()
            .append(offered.frozen())
            .onErrorReturn(e -> new AppendResult.InDoubt(e.toString()))
            .subscribe(result -> change.accept(() -> resolve(offered, result)));
  }

  private void resolve(Unresolved offered, AppendResult result) {
    if (offered != unresolved) {
      return; // a read of the log was quicker
    }
    if (result instanceof AppendResult.Appended) {
      forget(offered);
      outcome.stands(offered);
    } else if (result instanceof AppendResult.SequenceTaken) {
      forget(offered);
      outcome.taken(offered);
    } else {
      if (result instanceof AppendResult.InDoubt inDoubt) {
        doubt(offered, inDoubt.reason());
      }
      offerLater(offered);
    }
  }

  private void offerLater(Unresolved offered) {
    MailboxEnvironment environment = shared.environment();
    long millis = Backoff.millis(offered.attempts(), environment.random());
    Disposable unused =
        environment
            .scheduler()
            .scheduleDirect(
                () -> change.accept(() -> offerAgain(offered)), millis, TimeUnit.MILLISECONDS);
  }

  private void offerAgain(Unresolved offered) {
    if (offered == unresolved) {
      offer(offered);
    }
  }

  private void doubt(Unresolved offered, String reason) {
    if (!offered.inDoubt()) {
      offered.markInDoubt();
      shared.enterDoubt();
      LOG.warn("event=mailbox.in_doubt {} reason=\"{}\"", offered, reason);
    }
  }

  private void forget(Unresolved known) {
    unresolved = null;
    if (known.inDoubt()) {
      shared.leaveDoubt();
      LOG.info("event=mailbox.resolved {} attempts={}", known, known.attempts());
    }
  }
}
