package io.tributary.server.cell;

import com.google.protobuf.ByteString;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.tributary.cell.v1.OpenLogRequest;
import io.tributary.discovery.directory.FirstEntries;
import io.tributary.discovery.membership.Endpoint;
import io.tributary.discovery.placement.CellLocator;
import io.tributary.discovery.placement.Location;
import io.tributary.storage.ActionLog;
import io.tributary.storage.AppendResult;
import io.tributary.storage.FrozenEntry;
import java.util.Optional;

/**
 * Begins new mailboxes' logs in whichever cell they are to live: this cell's here, others' by one
 * of their nodes. Safe for any thread.
 */
public final class CellLogs implements FirstEntries {
  private final CellLocator locator;
  private final Own own;
  private final CellClient nodes;
  private final Scheduler scheduler;

  /**
   * What this process can write itself.
   *
   * @param logs of the cell; none if it serves no mailboxes
   */
  public record Own(String cell, Optional<ActionLog> logs) {}

  /**
   * @param scheduler for answers of other cells
   */
  public CellLogs(CellLocator locator, Own own, CellClient nodes, Scheduler scheduler) {
    this.locator = locator;
    this.own = own;
    this.nodes = nodes;
    this.scheduler = scheduler;
  }

  @Override
  public Single<AppendResult> append(FrozenEntry first) {
    Location location = locator.locate(first.log().user());
    if (location.cell().equals(own.cell()) && own.logs().isPresent()) {
      return own.logs().get().append(first);
    }
    return location
        .node()
        .map(node -> ask(node.grpc(), first))
        .orElseGet(
            () ->
                Single.just(
                    new AppendResult.NotApplied("no node of cell " + location.cell() + " is up")));
  }

  private Single<AppendResult> ask(Endpoint node, FrozenEntry first) {
    OpenLogRequest request =
        OpenLogRequest.newBuilder()
            .setUser(first.log().user().value())
            .setGeneration(first.log().generation())
            .setEntry(ByteString.copyFrom(first.bytes().unsafeArray()))
            .build();
    return nodes
        .openLog(node, request)
        .map(OpenedLogs::read)
        .onErrorReturn(silence -> new AppendResult.InDoubt(String.valueOf(silence.getMessage())))
        .observeOn(scheduler);
  }
}
