package io.tributary.server.node;

import io.tributary.discovery.Discovery;
import io.tributary.server.cell.CellClient;
import io.tributary.server.cell.CellService;
import io.tributary.server.cell.Interest;
import io.tributary.server.cell.Mailboxes;
import io.tributary.server.cell.RingRefresh;
import io.tributary.server.cell.Routes;
import io.tributary.server.eventloop.RxFutures;
import io.tributary.server.mailbox.MailboxBus;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The ways between the nodes of the cell.
 *
 * @param mailboxes all mailboxes, wherever they are served
 * @param service what this node answers the others
 * @param interest which of them have sessions of this node's mailboxes
 */
record CellLinks(Mailboxes mailboxes, CellService service, Interest interest) {
  private static final Duration CLOSE_MAX = Duration.ofSeconds(5);
  private static final long REFRESH_MILLIS_MAX = 1_000;

  static CellLinks open(Site site, Vertx vertx, Discovery discovery) {
    var node = site.config().node();
    Routes routes =
        new Routes(
            discovery.locator(), new Routes.Self(node.cell(), new Routes.NodeName(node.id())));
    MailboxBus here =
        new MailboxBus(
            vertx.eventBus(), site.config().mailbox().shards(), Application.MAILBOX_ANSWER_MAX);
    CellClient nodes =
        new CellClient(
            vertx, Encryption.clientOptions(site.config().cell()), Application.MAILBOX_ANSWER_MAX);
    site.closing().add("nodes", CLOSE_MAX, RxFutures.completable(nodes::close));
    RingRefresh ring = refresh(site, discovery);
    Interest interest = new Interest(site.environment().clock());
    return new CellLinks(
        new Mailboxes(routes, here, nodes, ring),
        new CellService(routes, here, nodes, ring, interest),
        interest);
  }

  private static RingRefresh refresh(Site site, Discovery discovery) {
    return () ->
        discovery
            .refresh()
            .ignoreElement()
            .timeout(REFRESH_MILLIS_MAX, TimeUnit.MILLISECONDS, site.environment().background())
            .onErrorComplete();
  }
}
