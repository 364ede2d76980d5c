package io.tributary.mailbox;

import io.tributary.codecs.live.LiveBatch;
import io.tributary.codecs.log.EntryCodec;
import io.tributary.codecs.message.Position;
import io.tributary.mailbox.Mailboxes.Rested;
import io.tributary.storage.StoredEntry;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One mailbox with work: its queue, its committed state, and at most one unresolved entry.
 *
 * <p>The committed state is always a prefix of the log. It grows by what the log is known to hold:
 * an own entry that was acknowledged, or entries that were read. Entry n+1 is sent only when entry
 * n is known. An entry with an unknown outcome is offered again, the same bytes at the same number,
 * until it is known to stand or its number is known to be taken; then its actions are decided anew
 * on what stands there.
 */
final class Mailbox implements ForwardReading.Reader, Offering.Outcome {
  private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);

  private final ShardResources shared;
  private final Consumer<Mailbox> atRest;
  private final MailboxState committed;
  private final Answers answers = new Answers();
  private final WorkQueue queue;
  private final Outbox outbox;
  private final Marking marking;
  private final EntryMaking making;
  private final ForwardReading forward;
  private final WaitingReaders readers = new WaitingReaders(answers);
  private final Offering offering;

  /** The run that must be complete before anything is decided on the committed state. */
  private long runNeeded;

  private long runComplete;

  /** The committed entry when the number behind it was found taken; -1 if it was not. */
  private long takenAfter = -1;

  /** Whether it owed something, or may have been marked, since it came to work. */
  private boolean owedBefore;

  private boolean retired;
  private int depth;

  /**
   * @param atRest told when there is no more work
   */
  Mailbox(ShardResources shared, Rested from, Consumer<Mailbox> atRest) {
    this.shared = shared;
    this.committed = from.committed();
    this.atRest = atRest;
    this.queue = new WorkQueue(shared, committed, answers);
    this.outbox = new Outbox(shared, committed, this::change, from.nap());
    this.marking = new Marking(shared, committed, this::change);
    this.making = new EntryMaking(shared, committed, queue, outbox);
    this.forward = new ForwardReading(shared, committed.log(), committed::entry, this);
    this.offering = new Offering(shared, this, this::change);
    this.runNeeded = from.behind() ? forward.nextRun() : 0;
  }

  MailboxState committed() {
    return committed;
  }

  /** Whether the log is known or suspected to hold more than the committed state. */
  boolean behind() {
    return runComplete < runNeeded;
  }

  boolean resting() {
    return !queue.hasWaiting()
        && offering.isEmpty()
        && readers.isEmpty()
        && forward.resting()
        && answers.isEmpty()
        && !marking.isGoingOn()
        && (behind() ? !outbox.isCarrying() : outbox.isQuiet());
  }

  /**
   * Lets go of it, once it is {@link #resting}: from now on another object changes its state.
   * Answers and timers that still come to this one do nothing.
   */
  Rested retire() {
    retired = true;
    outbox.close();
    if (!behind() && owedBefore && committed.outstanding().isEmpty()) {
      shared.clearing().later(committed.log(), committed.entry());
    }
    shared.snapshots().note(committed);
    return new Rested(committed, behind(), outbox.nap(behind()));
  }

  void enter(Pending<?> pending) {
    if (retired) {
      pending.refuse(shared.observer(), "mailbox at rest");
      return;
    }
    change(
        () -> {
          pending.proveBy(forward.nextRun());
          if (queue.add(pending, behind())) {
            pending.expireBy(shared.atDeadline(() -> change(() -> queue.expire(pending))));
          }
        });
  }

  /** Somebody saw its marker: goes on with what it owes, or takes the marker away. */
  void wake(Runnable done) {
    read(
        Freshness.LATEST,
        readiness -> {
          shared.clearing().looked(readiness);
          done.run();
        });
  }

  /** Answers when the committed state is as fresh as asked for. */
  void read(Freshness freshness, Consumer<Readiness> reader) {
    if (retired) {
      reader.accept(new Readiness.Unavailable("mailbox at rest"));
      return;
    }
    change(
        () -> {
          if (freshness == Freshness.LATEST) {
            readers.add(forward.nextRun(), reader);
          } else if (behind()) {
            readers.add(runNeeded, reader);
          } else {
            answers.hold(() -> reader.accept(Readiness.of(committed)));
          }
        });
  }

  /** The log may hold more than is known here. */
  void distrust() {
    change(this::fallBehind);
  }

  /** A reader that waits no longer. */
  void leave(Consumer<Readiness> reader) {
    change(() -> readers.remove(reader));
  }

  @Override
  public void page(List<StoredEntry> entries) {
    change(() -> entries.forEach(this::absorb));
  }

  /** Nothing was decided or offered before the first run is complete. */
  @Override
  public void restored(MailboxState state) {
    change(
        () -> {
          if (behind() && offering.isEmpty() && state.entry() > committed.entry()) {
            committed.become(state);
          }
        });
  }

  @Override
  public void complete(long run) {
    change(
        () -> {
          runComplete = run;
          queue.prove(run);
          if (!behind()) {
            caughtUp();
          }
          readers.tell(run, Readiness.of(committed));
        });
  }

  private void caughtUp() {
    if (takenAfter == committed.entry()) {
      LOG.error("event=mailbox.taken_but_absent {}", committed.names());
      fallBehind();
      queue.retryAll("mailbox unavailable");
    } else if (committed.isEmpty()) {
      fallBehind();
      queue.notHere();
    }
    takenAfter = -1;
  }

  @Override
  public void failed(long run, Throwable cause) {
    change(
        () -> {
          String reason = ReadFailure.reason(committed.log(), cause);
          if (!ReadFailure.passes(cause)) {
            fallBehind();
          }
          if (behind()) {
            queue.retryAll(reason);
          }
          readers.tell(run, new Readiness.Unavailable(reason));
        });
  }

  /** Every call and every callback comes through here; answers go out when all is in order. */
  private void change(Runnable change) {
    shared.confine();
    if (retired) {
      return; // an answer, a timer or a reader that comes late
    }
    depth++;
    try {
      change.run();
      advance();
    } finally {
      depth--;
    }
    if (depth == 0) {
      answers.giveAll();
      atRest.accept(this);
    }
  }

  private void advance() {
    if (!readers.isEmpty() || (behind() && queue.hasWaiting())) {
      forward.begin();
    }
    if (!behind() && committed.isSealed()) {
      outbox.end();
      queue.notHere();
    } else if (!behind()) {
      owedBefore |= !committed.outstanding().isEmpty();
      outbox.advance();
      makeNext();
    }
  }

  private void makeNext() {
    boolean wanted = queue.hasWaiting() || outbox.settlementsDue();
    if (!wanted || !offering.isEmpty() || marking.isGoingOn()) {
      return;
    }
    if (queue.hasOwing() && marking.isNeeded()) {
      owedBefore = true;
      shared.clearing().forget(committed.log());
      marking.begin(queue::retryOwing);
    } else {
      making.make().ifPresent(offering::begin);
      if (queue.wantsProof()) {
        fallBehind();
        forward.begin();
      }
    }
  }

  @Override
  public void stands(Unresolved standing) {
    shared.observer().appended(standing.age(shared.now()), standing.entry().actions().size());
    long number = standing.frozen().number();
    Position before = committed.head();
    committed.fold(number, standing.entry(), standing.frozen().bytes().length());
    shared.snapshots().note(committed);
    shared.recent().keep(committed.log(), number, standing.entry());
    tellSessions(LiveEvents.batch(committed, before, number, standing.entry()));
    standing.members().callers().forEach(member -> queue.stored(member, member.pending()));
  }

  private void tellSessions(LiveBatch batch) {
    shared.tellSessions(batch);
  }

  /** What the entry held is decided again, on what stands there. */
  @Override
  public void taken(Unresolved taken) {
    shared.observer().outrun();
    LOG.info("event=mailbox.outrun {}", committed.names());
    queue.putBack(taken.members().callers());
    outbox.putBack(taken.members().settlements());
    takenAfter = committed.entry();
    fallBehind();
  }

  private void absorb(StoredEntry stored) {
    if (stored.number() <= committed.entry()) {
      return;
    }
    byte[] bytes = stored.bytes().unsafeArray();
    if (!offering.resolvedBy(stored)) {
      committed.fold(stored.number(), EntryCodec.decode(bytes), bytes.length);
    }
  }

  private void fallBehind() {
    runNeeded = forward.nextRun();
  }
}
