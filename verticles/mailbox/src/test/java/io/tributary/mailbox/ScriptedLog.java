package io.tributary.mailbox;

import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.subjects.SingleSubject;
import io.tributary.storage.ActionLog;
import io.tributary.storage.AppendResult;
import io.tributary.storage.FrozenEntry;
import io.tributary.storage.InMemoryActionLog;
import io.tributary.storage.LogId;
import io.tributary.storage.StorageUnavailableException;
import io.tributary.storage.StoredEntry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A log whose answers are given by the test, over one in memory. */
final class ScriptedLog implements ActionLog {
  /** Someone's append, not answered yet. */
  final class Offer {
    final FrozenEntry entry;
    private final SingleSubject<AppendResult> answer = SingleSubject.create();

    private AppendResult applied = new AppendResult.NotApplied("not carried out");

    private Offer(FrozenEntry entry) {
      this.entry = entry;
    }

    /** Carries it out and says what became of it. */
    void carryOut() {
      apply();
      answer.onSuccess(applied);
    }

    /** Carries it out and says nothing yet. */
    void apply() {
      applied = memory.append(entry).blockingGet();
    }

    void fail(Throwable cause) {
      answer.onError(cause);
    }

    void answer(AppendResult result) {
      answer.onSuccess(result);
    }
  }

  /** Someone's read, not answered yet. */
  record HeldRead(LogId log, long fromEntry, SingleSubject<List<StoredEntry>> answer) {}

  final InMemoryActionLog memory;

  /** Appends that wait for their answer, oldest first. */
  final List<Offer> offers = new ArrayList<>();

  final List<HeldRead> heldReads = new ArrayList<>();
  boolean appendsAreHeld = true;
  boolean readsAreHeld;
  boolean readsFail;
  int reads;
  int readEachs;

  ScriptedLog() {
    this(new InMemoryActionLog());
  }

  ScriptedLog(InMemoryActionLog memory) {
    this.memory = memory;
  }

  @Override
  public Single<AppendResult> append(FrozenEntry entry) {
    if (!appendsAreHeld) {
      return memory.append(entry);
    }
    return Single.defer(
        () -> {
          Offer offer = new Offer(entry);
          offers.add(offer);
          return offer.answer;
        });
  }

  @Override
  public Single<List<StoredEntry>> read(LogId log, long fromEntry, int entriesMax) {
    return Single.defer(
        () -> {
          reads++;
          if (readsFail) {
            return Single.error(StorageUnavailableException.notApplied("scripted"));
          }
          if (readsAreHeld) {
            HeldRead held = new HeldRead(log, fromEntry, SingleSubject.create());
            heldReads.add(held);
            return held.answer;
          }
          return memory.read(log, fromEntry, entriesMax);
        });
  }

  @Override
  public Single<List<StoredEntry>> readEach(LogId log, Collection<Long> numbers) {
    readEachs++;
    return readsFail
        ? Single.error(StorageUnavailableException.notApplied("scripted"))
        : memory.readEach(log, numbers);
  }

  /** The only append that waits; it waits no longer. */
  Offer takeOffer() {
    if (offers.size() != 1) {
      throw new AssertionError("expected one append, there are " + offers.size());
    }
    return offers.remove(0);
  }

  /** Answers the oldest read that is held, from memory as it is now. */
  void answerRead() {
    HeldRead held = heldReads.remove(0);
    held.answer.onSuccess(memory.read(held.log, held.fromEntry, 64).blockingGet());
  }
}
