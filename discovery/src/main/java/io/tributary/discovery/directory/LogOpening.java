package io.tributary.discovery.directory;

import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.identity.Stamp;
import io.tributary.codecs.log.Action;
import io.tributary.codecs.log.Entry;
import io.tributary.codecs.log.EntryCodec;
import io.tributary.codecs.log.RecordedAction;
import io.tributary.codecs.message.Bytes;
import io.tributary.storage.AppendResult;
import io.tributary.storage.FrozenEntry;
import io.tributary.storage.LogId;
import java.util.List;
import java.util.Optional;

/**
 * Writes OPEN as the first entry of a new account's log. Nobody else ever writes a first entry, so
 * one that stands there already is as good as ours: another attempt at the same creation wrote it.
 */
final class LogOpening {
  private final FirstEntries logs;
  private final DirectoryEnvironment environment;
  private final Patience patience;

  LogOpening(FirstEntries logs, DirectoryEnvironment environment) {
    this.logs = logs;
    this.environment = environment;
    this.patience = new Patience(environment);
  }

  /** True once the log begins with OPEN; false if that can't be told for now. */
  Single<Boolean> open(Draft draft) {
    return offer(freeze(draft), 1);
  }

  /** The same frozen entry each time: an earlier copy may still land. */
  private Single<Boolean> offer(FrozenEntry entry, int round) {
    return logs.append(entry)
        .flatMap(result -> stands(result) ? Single.just(true) : offerLater(entry, round));
  }

  private static boolean stands(AppendResult result) {
    return result instanceof AppendResult.Appended || result instanceof AppendResult.SequenceTaken;
  }

  private Single<Boolean> offerLater(FrozenEntry entry, int round) {
    return round >= Patience.ROUNDS_MAX
        ? Single.just(false)
        : patience.pauseBefore(round).andThen(offerAgain(entry, round + 1));
  }

  private Single<Boolean> offerAgain(FrozenEntry entry, int round) {
    return Single.defer(() -> offer(entry, round));
  }

  private FrozenEntry freeze(Draft draft) {
    Stamp stamp = environment.stamps().next();
    Action opened =
        new Action.Opened(
            draft.account().generation(),
            draft.account().cell(),
            draft.account().name(),
            draft.addresses());
    RecordedAction action =
        new RecordedAction(
            environment.clock().millis(), Optional.empty(), opened, Optional.empty());
    byte[] bytes = EntryCodec.encode(new Entry(stamp, List.of(action)));
    LogId id = new LogId(draft.user(), draft.account().generation());
    return new FrozenEntry(id, 1, stamp, Bytes.ofOwned(bytes));
  }
}
