package io.tributary.server.testing;

import io.reactivex.rxjava3.core.Completable;
import io.tributary.discovery.placement.CellLocator;
import io.tributary.server.cell.CellClient;
import io.tributary.server.cell.CellStates;
import io.tributary.server.cell.Interest;
import io.tributary.server.cell.Mailboxes;
import io.tributary.server.cell.OwnAddress;
import io.tributary.server.cell.Routes;
import io.tributary.server.live.Neighbours;
import io.tributary.server.mailbox.MailboxBus;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import java.time.Duration;
import java.time.InstantSource;

/** The node {@code n1} of cell {@code c1}, with one shard. */
public final class Nodes {
  private Nodes() {}

  /** Nobody to tell of what happens here. */
  public static Neighbours noNeighbours(Vertx vertx, Mailboxes mailboxes) {
    return new Neighbours(
        vertx.eventBus(),
        nothingAbroad(vertx),
        "n1",
        mailboxes,
        new Interest(InstantSource.system()));
  }

  /** No other cells. */
  public static Neighbours.Abroad nothingAbroad(Vertx vertx) {
    return new Neighbours.Abroad(
        new CellClient(vertx, new HttpClientOptions(), Duration.ofSeconds(1)),
        new OwnAddress(),
        new Neighbours.Incoming());
  }

  /**
   * Its mailboxes, if no other node is ever asked.
   *
   * @param answerMax for answers of its shard
   */
  public static Mailboxes alone(Vertx vertx, CellLocator locator, Duration answerMax) {
    return named("n1", vertx, locator, answerMax);
  }

  /** Those of a node of another name. */
  public static Mailboxes named(String name, Vertx vertx, CellLocator locator, Duration answerMax) {
    return new Mailboxes(
        new Routes(locator, CellStates.WELL, new Routes.Self("c1", new Routes.NodeName(name))),
        new MailboxBus(vertx.eventBus(), 1, answerMax),
        new CellClient(vertx, new HttpClientOptions(), answerMax),
        cell -> Completable.complete(),
        new OwnAddress());
  }
}
