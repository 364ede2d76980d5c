package io.tributary.server.node;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.disposables.Disposable;
import io.tributary.discovery.Discovery;
import io.tributary.server.cell.CellClient;
import io.tributary.server.cell.CellPulses;
import io.tributary.server.cell.CellService;
import io.tributary.server.cell.CellStates;
import io.tributary.server.cell.Interest;
import io.tributary.server.cell.Mailboxes;
import io.tributary.server.cell.OwnAddress;
import io.tributary.server.cell.RingCalls;
import io.tributary.server.cell.RingRefresh;
import io.tributary.server.cell.Routes;
import io.tributary.server.eventloop.RxFutures;
import io.tributary.server.live.Neighbours;
import io.tributary.server.mailbox.MailboxBus;
import io.tributary.storage.ActionLog;
import io.tributary.store.HBaseStore;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The ways between the nodes, of this cell and of others.
 *
 * @param mailboxes all mailboxes, wherever they are served
 * @param service what this node answers the others
 * @param interest which of them have sessions of this node's mailboxes
 * @param abroad news to and from nodes of other cells
 * @param states how the cells are
 */
record CellLinks(
    Mailboxes mailboxes,
    CellService service,
    Interest interest,
    Neighbours.Abroad abroad,
    CellStates states) {
  private static final Duration CLOSE_MAX = Duration.ofSeconds(5);
  private static final long REFRESH_MILLIS_MAX = 1_000;

  /** Calls other nodes, until the end. */
  static CellClient client(Site site, Vertx vertx) {
    CellClient nodes =
        new CellClient(
            vertx, Encryption.clientOptions(site.config().cell()), Application.MAILBOX_ANSWER_MAX);
    site.closing().add("nodes", CLOSE_MAX, RxFutures.completable(nodes::close));
    return nodes;
  }

  /**
   * @param store of the cell, if this process serves mailboxes
   * @param logs in it
   */
  static CellLinks open(
      Site site,
      Vertx vertx,
      Discovery discovery,
      CellClient nodes,
      Optional<HBaseStore> store,
      Optional<ActionLog> logs) {
    var node = site.config().node();
    CellPulses pulses = pulses(site, discovery, nodes, store);
    Routes routes =
        new Routes(
            discovery.locator(),
            pulses,
            new Routes.Self(node.cell(), new Routes.NodeName(node.id())));
    MailboxBus here =
        new MailboxBus(
            vertx.eventBus(), site.config().mailbox().shards(), Application.MAILBOX_ANSWER_MAX);
    RingRefresh ring = refresh(site, discovery);
    RingCalls calls = calls(site, discovery, nodes);
    OwnAddress address = new OwnAddress();
    Interest interest = new Interest(site.environment().clock());
    Neighbours.Abroad abroad = new Neighbours.Abroad(nodes, address, new Neighbours.Incoming());
    return new CellLinks(
        new Mailboxes(routes, here, calls, ring, address),
        new CellService(
            routes,
            here,
            calls,
            ring,
            interest,
            new CellService.Local(logs, pulses, abroad.incoming())),
        interest,
        abroad,
        pulses);
  }

  private static RingCalls calls(Site site, Discovery discovery, CellClient nodes) {
    RingCalls calls = new RingCalls(nodes);
    Disposable following = calls.follow(discovery.everybody());
    site.closing().add("ring calls", CLOSE_MAX, Completable.fromAction(following::dispose));
    return calls;
  }

  private static CellPulses pulses(
      Site site, Discovery discovery, CellClient nodes, Optional<HBaseStore> store) {
    CellPulses.Own own =
        store
            .map(hbase -> new CellPulses.Own(site.config().node().cell(), () -> trouble(hbase)))
            .orElseGet(() -> new CellPulses.Own("", Optional::empty));
    CellPulses pulses =
        new CellPulses(
            new CellPulses.Cells(() -> discovery.cells().cells(), discovery::ring),
            own,
            nodes::pulse,
            site.environment().random());
    Disposable asking = pulses.start(site.environment().background());
    site.closing().add("pulses", CLOSE_MAX, Completable.fromAction(asking::dispose));
    return pulses;
  }

  private static Optional<String> trouble(HBaseStore hbase) {
    return hbase.health().answering() ? Optional.empty() : Optional.of("storage does not answer");
  }

  private static RingRefresh refresh(Site site, Discovery discovery) {
    return cell ->
        discovery
            .refresh(cell)
            .timeout(REFRESH_MILLIS_MAX, TimeUnit.MILLISECONDS, site.environment().background())
            .onErrorComplete();
  }
}
