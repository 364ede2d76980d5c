package io.tributary.server.testing;

import io.reactivex.rxjava3.core.Completable;
import io.tributary.discovery.placement.CellLocator;
import io.tributary.server.cell.CellClient;
import io.tributary.server.cell.Mailboxes;
import io.tributary.server.cell.Routes;
import io.tributary.server.mailbox.MailboxBus;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import java.time.Duration;

/** The node {@code n1} of cell {@code c1}, with one shard. */
public final class Nodes {
  private Nodes() {}

  /**
   * Its mailboxes, if no other node is ever asked.
   *
   * @param answerMax for answers of its shard
   */
  public static Mailboxes alone(Vertx vertx, CellLocator locator, Duration answerMax) {
    return new Mailboxes(
        new Routes(locator, new Routes.Self("c1", new Routes.NodeName("n1"))),
        new MailboxBus(vertx.eventBus(), 1, answerMax),
        new CellClient(vertx, new HttpClientOptions(), answerMax),
        Completable::complete);
  }
}
