package io.tributary.server.cell;

import io.reactivex.rxjava3.core.Single;
import io.tributary.cell.v1.OpenLogRequest;
import io.tributary.cell.v1.OpenLogResponse;
import io.tributary.cell.v1.OpenLogResponse.Outcome;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.log.Action;
import io.tributary.codecs.log.Entry;
import io.tributary.codecs.log.EntryCodec;
import io.tributary.codecs.message.Bytes;
import io.tributary.storage.ActionLog;
import io.tributary.storage.AppendResult;
import io.tributary.storage.FrozenEntry;
import io.tributary.storage.LogId;
import java.util.Optional;

/** First entries that another process asks this one to write into its cell's logs. */
final class OpenedLogs {
  private final String cell;
  private final ActionLog logs;

  private OpenedLogs(String cell, ActionLog logs) {
    this.cell = cell;
    this.logs = logs;
  }

  /**
   * @throws IllegalArgumentException if there are none
   */
  static OpenedLogs in(String cell, Optional<ActionLog> logs) {
    return new OpenedLogs(
        cell,
        logs.orElseThrow(() -> new IllegalArgumentException("this process has no mailboxes")));
  }

  /**
   * @throws IllegalArgumentException if it is not the first entry of such a log in this cell
   */
  Single<OpenLogResponse> append(OpenLogRequest request) {
    return logs.append(frozen(request)).map(OpenedLogs::write);
  }

  private FrozenEntry frozen(OpenLogRequest request) {
    byte[] bytes = request.getEntry().toByteArray();
    Entry entry = EntryCodec.decode(bytes);
    if (entry.actions().size() != 1
        || !(entry.actions().get(0).action() instanceof Action.Opened opened)) {
      throw new IllegalArgumentException("not the first entry of a log");
    }
    if (!opened.cell().equals(cell) || opened.generation() != request.getGeneration()) {
      throw new IllegalArgumentException(
          "a log of cell %s, generation %d, not of %s, %d"
              .formatted(opened.cell(), opened.generation(), cell, request.getGeneration()));
    }
    LogId id = new LogId(new UserId(request.getUser()), request.getGeneration());
    return new FrozenEntry(id, 1, entry.stamp(), Bytes.ofOwned(bytes));
  }

  /** As it is told to whoever asked. */
  static OpenLogResponse write(AppendResult result) {
    if (result instanceof AppendResult.InDoubt doubt) {
      return response(Outcome.IN_DOUBT, doubt.reason());
    }
    if (result instanceof AppendResult.NotApplied not) {
      return response(Outcome.NOT_APPLIED, not.reason());
    }
    return response(result instanceof AppendResult.Appended ? Outcome.APPENDED : Outcome.TAKEN, "");
  }

  static OpenLogResponse refused(String reason) {
    return response(Outcome.NOT_APPLIED, reason);
  }

  private static OpenLogResponse response(Outcome outcome, String reason) {
    return OpenLogResponse.newBuilder().setOutcome(outcome).setReason(reason).build();
  }

  /** What it was told. An outcome of a newer version is doubt. */
  static AppendResult read(OpenLogResponse response) {
    return switch (response.getOutcome()) {
      case APPENDED -> new AppendResult.Appended();
      case TAKEN -> new AppendResult.SequenceTaken();
      case NOT_APPLIED -> new AppendResult.NotApplied(response.getReason());
      case IN_DOUBT, OUTCOME_UNSPECIFIED, UNRECOGNIZED ->
          new AppendResult.InDoubt(response.getReason());
    };
  }
}
